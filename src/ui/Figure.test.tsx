import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { Figure } from './Figure.tsx';

afterEach(cleanup);

test('a named figure swaps its drawing for a table of the same name and back', async () => {
  const table = vi.fn(() => ({
    columns: [{ id: 'n', header: 'Number', value: (row: number) => row }],
    rows: [7, 8],
    rowKey: String,
  }));
  render(
    <Figure
      name="Two numbers"
      caption="Both numbers, left to right."
      table={table}
      sheet={() => Promise.resolve(undefined)}
    >
      <svg data-testid="drawing" />
    </Figure>,
  );
  const figure = screen.getByRole('figure', { name: 'Two numbers' });
  expect(figure.textContent).toContain('Both numbers, left to right.');
  expect(table).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole('button', { name: 'Show as table: Two numbers' }));
  expect(screen.getByRole('grid', { name: 'Two numbers' }).getAttribute('aria-rowcount')).toBe('3');
  expect(screen.queryByTestId('drawing')).toBe(null);
  await userEvent.click(screen.getByRole('button', { name: 'Show chart: Two numbers' }));
  expect(screen.getByTestId('drawing').tagName).toBe('svg');
});

test('a figure leaves through a dialog with formats and a preview', async () => {
  const table = { columns: [], rows: [], rowKey: String };
  render(
    <Figure name="Nothing yet" caption="Nothing." table={table} sheet={() => Promise.resolve(undefined)}>
      <svg />
    </Figure>,
  );
  await userEvent.click(screen.getByRole('button', { name: 'Export Nothing yet' }));
  const dialog = await screen.findByRole('dialog', { name: 'Export' }, { timeout: 60_000 });
  const formats = within(within(dialog).getByRole('radiogroup', { name: 'Format' })).getAllByRole('radio');
  expect(formats.map((radio) => radio.getAttribute('value'))).toEqual(['SVG', 'PDF', 'PNG']);
  // Nothing is drawn, so nothing can be saved.
  expect(within(dialog).getByRole('button', { name: 'Download' })).toHaveProperty('disabled', true);
  await userEvent.click(within(dialog).getByRole('radio', { name: 'Other' }));
  await userEvent.clear(within(dialog).getByLabelText('Width in mm'));
  expect(within(dialog).getByRole('alert').textContent).toBe('The width has to be 40 to 600 mm.');
});
