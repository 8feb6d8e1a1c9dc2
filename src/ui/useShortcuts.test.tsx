import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { GRID_KEYS, KeysDialog } from './KeysDialog.tsx';
import { allowSingleKeys, useShortcuts } from './useShortcuts.ts';

afterEach(cleanup);

function Screen({ onKey }: { readonly onKey: (key: string) => void }) {
  useShortcuts({
    j: () => onKey('j'),
    '?': () => onKey('?'),
    ArrowRight: () => onKey('ArrowRight'),
    Enter: () => onKey('Enter'),
  });
  return (
    <>
      <input aria-label="search" type="search" />
      <textarea aria-label="note" />
      <select aria-label="list">
        <option>jam</option>
      </select>
      <div aria-label="rich" role="textbox" tabIndex={0} contentEditable suppressContentEditableWarning />
      <input aria-label="choice" type="radio" />
      <button>press</button>
    </>
  );
}

function setup() {
  const onKey = vi.fn<(key: string) => void>();
  render(<Screen onKey={onKey} />);
  return { user: userEvent.setup(), keys: () => onKey.mock.calls.map(([key]) => key) };
}

test('single keys work from anywhere but a field', async () => {
  const { user, keys } = setup();
  await user.keyboard('j?');
  for (const name of ['search', 'note', 'list', 'rich']) {
    screen.getByLabelText(name).focus();
    await user.keyboard('j');
  }
  expect(keys()).toEqual(['j', '?']);
});

test('a radio button keeps its arrows, a button its Enter; letters pass', async () => {
  const { user, keys } = setup();
  screen.getByLabelText('choice').focus();
  await user.keyboard('{ArrowRight}j');
  screen.getByRole('button').focus();
  await user.keyboard('{Enter}j');
  expect(keys()).toEqual(['j', 'j']);
});

test("with a modifier the key is the browser's", async () => {
  const { user, keys } = setup();
  await user.keyboard('{Control>}j{/Control}{Meta>}j{/Meta}{Alt>}j{/Alt}');
  expect(keys()).toEqual([]);
});

test('keys sleep once the component is gone', async () => {
  const { user, keys } = setup();
  cleanup();
  await user.keyboard('j');
  expect(keys()).toEqual([]);
});

test('a key that two want goes to the one that came later, and back when that is gone', async () => {
  const calls: string[] = [];
  const Keys = ({ name, keys }: { readonly name: string; readonly keys: string }) => {
    useShortcuts(Object.fromEntries(keys.split('').map((key) => [key, () => calls.push(`${name} ${key}`)])));
    return undefined;
  };
  const user = userEvent.setup();
  const bar = <Keys key="bar" name="bar" keys="eo" />;
  const view = render(<>{[bar]}</>);
  view.rerender(<>{[bar, <Keys key="desk" name="desk" keys="e" />]}</>);
  await user.keyboard('eo');
  view.rerender(<>{[bar]}</>);
  await user.keyboard('e');
  expect(calls).toEqual(['desk e', 'bar o', 'bar e']);
});

test('single letters can be switched off; arrows stay', async () => {
  const calls: string[] = [];
  const Keys = () => {
    useShortcuts({ e: () => calls.push('e'), ArrowDown: () => calls.push('down') });
    return undefined;
  };
  const user = userEvent.setup();
  render(<Keys />);
  allowSingleKeys(false);
  await user.keyboard('e{ArrowDown}');
  allowSingleKeys(true);
  await user.keyboard('e');
  expect(calls).toEqual(['down', 'e']);
});

test('the dialog of keys lists what it is given, closes on Escape and gives the focus back', async () => {
  const onClose = vi.fn();
  const groups = [GRID_KEYS, { title: 'Here', keys: [{ keys: ['j', 'ArrowRight'], does: 'next one' }] }];
  const user = userEvent.setup();
  const view = render(
    <>
      <button>before</button>
      <KeysDialog groups={groups} open={false} onClose={onClose} />
    </>,
  );
  const before = screen.getByRole('button', { name: 'before' });
  before.focus();
  const draw = (open: boolean) =>
    view.rerender(
      <>
        <button>before</button>
        <KeysDialog groups={groups} open={open} onClose={onClose} />
      </>,
    );
  draw(true);
  const dialog = screen.getByRole('dialog', { name: 'Help and keys' });
  expect(dialog.contains(document.activeElement)).toBe(true);
  expect(screen.getByText('next one').previousElementSibling?.textContent).toBe('j→');
  await user.tab();
  expect(dialog.contains(document.activeElement)).toBe(true);
  await user.keyboard('{Escape}');
  await vi.waitFor(() => expect(onClose).toHaveBeenCalledTimes(1));
  draw(false);
  await vi.waitFor(() => expect(document.activeElement).toBe(before));
});
