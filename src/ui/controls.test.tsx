import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { Button, IconButton } from './Button.tsx';
import { Chip } from './Chip.tsx';
import { Disclosure } from './Disclosure.tsx';
import { SearchField, TextField, Select } from './TextField.tsx';
import { applyTheme } from './theme.ts';
import { ToggleGroup } from './ToggleGroup.tsx';

afterEach(cleanup);

test('a button does not send a form unless told to', async () => {
  const onSubmit = vi.fn((event: { preventDefault: () => void }) => event.preventDefault());
  render(
    <form onSubmit={onSubmit}>
      <Button>Plain</Button>
      <Button type="submit">Send</Button>
    </form>,
  );
  await userEvent.click(screen.getByRole('button', { name: 'Plain' }));
  expect(onSubmit).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole('button', { name: 'Send' }));
  expect(onSubmit).toHaveBeenCalledTimes(1);
});

test('an icon button has a name, and a tooltip on keyboard focus', async () => {
  const onClick = vi.fn();
  const user = userEvent.setup();
  render(<IconButton label="Next" shortcut="j" icon={<svg />} onClick={onClick} />);
  await user.tab();
  const button = screen.getByRole('button', { name: 'Next' });
  expect(document.activeElement).toBe(button);
  expect((await screen.findByRole('tooltip')).textContent).toBe('Next (j)');
  await user.click(button);
  expect(onClick).toHaveBeenCalledTimes(1);
});

test('an icon button that is disabled does nothing, but keeps its name and the focus', async () => {
  const onClick = vi.fn();
  const user = userEvent.setup();
  render(<IconButton label="Next" icon={<svg />} disabled onClick={onClick} />);
  await user.tab();
  const button = screen.getByRole('button', { name: 'Next' });
  expect(document.activeElement).toBe(button);
  expect(button.getAttribute('aria-disabled')).toBe('true');
  await user.keyboard('{Enter}');
  await user.click(button);
  expect(onClick).not.toHaveBeenCalled();
});

test('a toggle group is one choice; what cannot be had says why', async () => {
  const chosen = vi.fn<(value: 'a' | 'b' | 'c') => void>();
  function Group() {
    const [value, setValue] = useState<'a' | 'b' | 'c'>('a');
    return (
      <ToggleGroup
        label="Scale"
        value={value}
        onChange={(next) => {
          chosen(next);
          setValue(next);
        }}
        choices={[
          { value: 'a', label: 'Linear' },
          { value: 'b', label: 'Log' },
          { value: 'c', label: 'Other', disabledReason: 'Not recorded in this file.' },
        ]}
      />
    );
  }
  const user = userEvent.setup();
  render(<Group />);
  const group = within(screen.getByRole('radiogroup', { name: 'Scale' }));
  await user.click(group.getByText('Log'));
  await user.click(group.getByText('Other'));
  expect(chosen.mock.calls).toEqual([['b']]);
  expect(group.getByRole<HTMLInputElement>('radio', { name: 'Log' }).checked).toBe(true);
  const other = group.getByRole<HTMLInputElement>('radio', { name: 'Other' });
  expect(other.disabled).toBe(true);
  const reason = document.getElementById(other.getAttribute('aria-describedby') ?? '');
  expect(reason?.textContent).toBe('Not recorded in this file.');
});

test('fields carry their label, note and error', async () => {
  const onChange = vi.fn<(value: string) => void>();
  const onEnter = vi.fn();
  render(
    <TextField
      label="Address"
      value="x"
      onChange={onChange}
      onEnter={onEnter}
      note="With https."
      error="Not one."
    />,
  );
  const field = screen.getByRole('textbox', { name: 'Address' });
  expect(field.getAttribute('aria-invalid')).toBe('true');
  const described = (field.getAttribute('aria-describedby') ?? '').split(' ');
  expect(described.map((id) => document.getElementById(id)?.textContent)).toEqual([
    'With https.',
    'Not one.',
  ]);
  await userEvent.type(field, 'y{Enter}');
  expect(onChange).toHaveBeenCalledWith('xy');
  expect(onEnter).toHaveBeenCalledTimes(1);
});

test('a search is emptied by Escape or by its cross, which gives the focus back', async () => {
  function Search() {
    const [value, setValue] = useState('abc');
    return <SearchField label="Search things" value={value} onChange={setValue} />;
  }
  const user = userEvent.setup();
  render(<Search />);
  const field = screen.getByRole<HTMLInputElement>('searchbox', { name: 'Search things' });
  await user.click(screen.getByRole('button', { name: 'Clear search' }));
  expect(field.value).toBe('');
  expect(document.activeElement).toBe(field);
  await user.keyboard('de');
  expect(field.value).toBe('de');
  await user.keyboard('{Escape}');
  expect(field.value).toBe('');
  expect(screen.queryByRole('button', { name: 'Clear search' })).toBe(null);
});

test('a select gives back one of its own values', async () => {
  const onChange = vi.fn<(value: 'one' | 'two') => void>();
  render(
    <Select
      label="Which"
      hideLabel
      value="one"
      onChange={onChange}
      options={[
        { value: 'one', label: 'The first' },
        { value: 'two', label: 'The second' },
      ]}
    />,
  );
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Which' }), 'The second');
  expect(onChange).toHaveBeenCalledWith('two');
});

test('a chip can be taken away by name', async () => {
  const onRemove = vi.fn();
  render(<Chip remove={{ label: 'Close one.db', onRemove }}>one.db</Chip>);
  await userEvent.click(screen.getByRole('button', { name: 'Close one.db' }));
  expect(onRemove).toHaveBeenCalledTimes(1);
});

test('what is folded is drawn only once opened', () => {
  const { container } = render(<Disclosure summary="More">long thing</Disclosure>);
  expect(screen.queryByText('long thing')).toBe(null);
  const details = container.querySelector('details');
  if (details === null) throw new Error('no details');
  details.open = true;
  return screen.findByText('long thing');
});

test("the theme is an attribute of the root, absent for the system's", () => {
  const root = document.createElement('div');
  applyTheme('dark', root);
  expect(root.dataset.theme).toBe('dark');
  applyTheme('system', root);
  expect(root.hasAttribute('data-theme')).toBe(false);
});
