import { cleanup, render, screen } from '@testing-library/react';
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
