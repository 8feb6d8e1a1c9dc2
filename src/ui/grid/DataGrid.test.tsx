import { cleanup, createEvent, fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { cents, type Cents } from '../../lib/units.ts';
import { DataGrid, type DataGridProps } from './DataGrid.tsx';
import type { GridColumn, GridSort } from './gridColumn.ts';

afterEach(cleanup);

interface Row {
  readonly id: string;
  readonly cost: Cents | undefined;
}
const columns: readonly GridColumn<Row>[] = [
  { id: 'id', header: 'Id', value: (row) => row.id },
  {
    id: 'cost',
    header: 'cost',
    group: 'North',
    align: 'end',
    value: (row) => row.cost,
    render: (row) => `$${String(row.cost)}`,
    firstSort: 'descending',
  },
  {
    id: 'link',
    header: 'run',
    group: 'North',
    value: (row) => row.id,
    render: (row) => <a href={`#/run/${row.id}`}>run of {row.id}</a>,
    sortable: false,
  },
];
const makeRows = (count: number): Row[] =>
  Array.from({ length: count }, (_, index) => ({ id: `row ${index}`, cost: cents((index * 37) % 101) }));

function setup(props: Partial<DataGridProps<Row>> = {}) {
  const all: DataGridProps<Row> = {
    name: 'Things',
    columns,
    rows: makeRows(3),
    rowKey: (row) => row.id,
    emptyText: 'No things yet.',
    ...props,
  };
  const view = render(<DataGrid {...all} />);
  const cell = (row: number, column: number) => {
    const found = view.container.querySelector<HTMLElement>(`[data-row="${row}"][data-column="${column}"]`);
    if (found === null) throw new Error(`no cell ${row}, ${column}`);
    return found;
  };
  const ids = () =>
    screen
      .getAllByRole('row')
      .slice(1)
      .map((row) => within(row).getAllByRole('gridcell')[0]?.textContent);
  const update = (more: Partial<DataGridProps<Row>>) => view.rerender(<DataGrid {...all} {...more} />);
  return { user: userEvent.setup(), cell, ids, update };
}

test('names, counts and headings with their group', () => {
  setup();
  const grid = screen.getByRole('grid', { name: 'Things' });
  expect(grid.getAttribute('aria-rowcount')).toBe('4');
  expect(grid.getAttribute('aria-colcount')).toBe('3');
  const names = screen.getAllByRole('columnheader').map((head) => head.getAttribute('aria-label'));
  expect(names).toEqual(['Id', 'North cost', 'North run']);
  expect(screen.getByRole('columnheader', { name: 'North run' }).hasAttribute('aria-sort')).toBe(false);
});

test('10,000 rows: the true count, few in the document, the right index on each', () => {
  setup({ rows: makeRows(10_000) });
  expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('10001');
  const rows = screen.getAllByRole('row');
  expect(rows.length).toBeGreaterThan(20);
  expect(rows.length).toBeLessThan(60);
  expect(rows[5]?.getAttribute('aria-rowindex')).toBe('6');
});

test('1,000 columns: the true count, few in the document, under their groups, and the keys reach the last', async () => {
  const wide = Array.from({ length: 1000 }, (_, i): GridColumn<Row> => ({
    id: `c${i}`,
    header: `column ${i}`,
    group: i === 0 ? undefined : `group ${Math.floor((i - 1) / 3)}`,
    value: (row) => `${row.id}, ${i}`,
    width: 100,
  }));
  const { user, cell } = setup({ columns: wide, stickyFirstColumn: true });
  const grid = screen.getByRole('grid');
  expect(grid.getAttribute('aria-colcount')).toBe('1000');
  expect(screen.getAllByRole('columnheader').length).toBeLessThan(40);
  expect(grid.querySelectorAll('col').length).toBeLessThan(40);
  const room = [...grid.querySelectorAll('col')].reduce(
    (sum, col) => sum + Number.parseFloat(col.style.width),
    0,
  );
  expect(room).toBe(100_000);
  expect(within(grid).getByText('group 0').getAttribute('colspan')).toBe('3');
  await user.tab();
  await user.keyboard('{End}');
  expect(document.activeElement?.textContent).toBe('row 0, 999');
  expect(document.activeElement?.getAttribute('aria-colindex')).toBe('1000');
  expect(cell(0, 0).textContent).toBe('row 0, 0');
});

test('fewer than 100 rows are all there', () => {
  setup({ rows: makeRows(99) });
  expect(screen.getAllByRole('row')).toHaveLength(100);
});

test('the heading button sorts, turns round, and gives the first order back', async () => {
  const { user, ids } = setup();
  const heading = screen.getByRole('columnheader', { name: 'North cost' });
  const press = () => user.click(within(heading).getByRole('button', { name: 'North cost' }));
  await press();
  expect(heading.getAttribute('aria-sort')).toBe('descending');
  expect(ids()).toEqual(['row 2', 'row 1', 'row 0']);
  await press();
  expect(heading.getAttribute('aria-sort')).toBe('ascending');
  expect(ids()).toEqual(['row 0', 'row 1', 'row 2']);
  await press();
  expect(heading.getAttribute('aria-sort')).toBe('none');
});

test('a controlled sort is only asked for', async () => {
  const onSortChange = vi.fn<(sort: GridSort | undefined) => void>();
  const { user, ids } = setup({ sort: { columnId: 'id', direction: 'descending' }, onSortChange });
  expect(ids()).toEqual(['row 2', 'row 1', 'row 0']);
  await user.click(screen.getByRole('button', { name: 'North cost' }));
  expect(onSortChange).toHaveBeenCalledWith({ columnId: 'cost', direction: 'descending' });
  expect(ids()).toEqual(['row 2', 'row 1', 'row 0']);
});

test('one tab stop; arrows, Home, End and Control+End move; up leads to the headings', async () => {
  const { user, cell } = setup({ rows: makeRows(10_000) });
  await user.tab();
  expect(document.activeElement).toBe(cell(0, 0));
  await user.keyboard('{ArrowDown}{ArrowRight}');
  expect(document.activeElement).toBe(cell(1, 1));
  await user.keyboard('{Home}{ArrowUp}{ArrowUp}');
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Id' }));
  await user.keyboard('{Control>}{End}{/Control}');
  expect(document.activeElement).toBe(screen.getByRole('link', { name: 'run of row 9999' }));
  expect(cell(9_999, 2).contains(document.activeElement)).toBe(true);
  expect(screen.getAllByRole('row').length).toBeLessThan(60);
  await user.tab();
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Export Things' }));
});

test('the focused row stays in the document while others scroll by, and follows a sort', async () => {
  const { user, cell, update } = setup({ rows: makeRows(10_000) });
  await user.tab();
  await user.keyboard('{ArrowDown}');
  const focused = cell(1, 0);
  const scroller = screen.getByRole('grid').parentElement;
  if (scroller === null) throw new Error('no scroller');
  scroller.scrollTop = 100_000;
  fireEvent.scroll(scroller);
  expect(document.activeElement).toBe(focused);
  update({
    rows: makeRows(10_000),
    sort: { columnId: 'id', direction: 'descending' },
    onSortChange: vi.fn(),
  });
  expect(document.activeElement?.textContent).toBe('row 1');
  expect(document.activeElement?.getAttribute('data-row')).toBe('9998');
});

test('when the focused row is filtered away the focus stays in the grid', async () => {
  const { user, update } = setup({ rows: makeRows(50) });
  await user.tab();
  await user.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}');
  update({ rows: makeRows(2) });
  expect(document.activeElement?.textContent).toBe('row 1');
});

test('Enter opens the row, or presses what the cell holds', async () => {
  const onActivate = vi.fn<(row: Row) => void>();
  const { user, cell } = setup({ onActivate });
  const link = screen.getByRole('link', { name: 'run of row 0' });
  const followed = vi.fn((event: Event) => event.preventDefault());
  link.addEventListener('click', followed);
  await user.tab();
  await user.keyboard('{Enter}');
  expect(onActivate.mock.calls.map(([row]) => row.id)).toEqual(['row 0']);
  await user.keyboard('{End}{Enter}');
  expect(followed).toHaveBeenCalledTimes(1);
  await user.click(cell(2, 1));
  expect(onActivate.mock.calls.map(([row]) => row.id)).toEqual(['row 0', 'row 2']);
});

test('a row link has its address, and a plain click goes to onActivate', async () => {
  const onActivate = vi.fn<(row: Row) => void>();
  const { user } = setup({ onActivate, rowHref: (row) => `#/things/${row.id}` });
  const link = screen.getByRole('link', { name: 'row 1' });
  expect(link.getAttribute('href')).toBe('#/things/row 1');
  await user.click(link);
  expect(onActivate).toHaveBeenCalledTimes(1);
});

test('Control+C takes the exact value of the focused cell', async () => {
  const { user, cell } = setup();
  await user.tab();
  await user.keyboard('{ArrowDown}{ArrowRight}');
  const setData = vi.fn();
  const event = createEvent.copy(cell(1, 1), { clipboardData: { setData } });
  fireEvent(cell(1, 1), event);
  expect(setData).toHaveBeenCalledWith('text/plain', '37');
});

test('the selected row says so and is where the grid is entered', async () => {
  const { user } = setup({ selectedKey: 'row 2' });
  expect(screen.getByRole('row', { selected: true }).textContent).toContain('row 2');
  await user.tab();
  expect(document.activeElement?.textContent).toBe('row 2');
});

test('no rows: one sentence, and the headings can still be reached', async () => {
  const { user } = setup({ rows: [] });
  expect(screen.getByText('No things yet.').textContent).toBe('No things yet.');
  expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('1');
  await user.tab();
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Id' }));
});

test('an absent value is a dash', () => {
  setup({
    columns: [{ id: 'cost', header: 'Cost', value: (row) => row.cost }],
    rows: [{ id: 'a', cost: undefined }],
  });
  expect(screen.getByRole('gridcell').textContent).toBe('–');
});

test('rows that are fetched as they come into sight: true count, words for what is missing, and the key of a place', async () => {
  const wanted: number[] = [];
  const loaded = makeRows(20);
  const paged = {
    count: 1_000_000,
    rowAt: (index: number) => loaded[index],
    onDrawn: (indexes: readonly number[]) => void wanted.push(...indexes),
  };
  const { user, cell } = setup({ rows: [], paged });
  expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('1000001');
  expect(wanted).toContain(0);
  expect(Math.max(...wanted)).toBeLessThan(200);
  expect(cell(3, 0).textContent).toBe('row 3');
  expect(cell(25, 0).textContent).toBe('loading');

  await user.click(cell(3, 0));
  await user.keyboard('{Control>}{End}{/Control}');
  const rowIndex = () => document.activeElement?.closest('tr')?.getAttribute('aria-rowindex');
  expect(rowIndex()).toBe('500001');
  await user.click(screen.getByRole('button', { name: 'Rows after' }));
  expect(screen.getByRole('status').textContent).toBe('Rows 500,001 to 1,000,000 of 1,000,000');
  expect(wanted.at(-1)).toBeGreaterThanOrEqual(500_000);
});

test('a block of cells is chosen by Shift and arrows or by dragging, and copied with tabs', async () => {
  const onActivate = vi.fn();
  const { cell } = setup({ onActivate });
  const copied = () => {
    const setData = vi.fn();
    fireEvent(cell(0, 0), createEvent.copy(cell(0, 0), { clipboardData: { setData } }));
    return setData.mock.calls[0]?.[1] as string | undefined;
  };
  fireEvent.mouseDown(cell(0, 0));
  fireEvent.mouseMove(cell(1, 1), { buttons: 1 });
  fireEvent.mouseUp(cell(1, 1));
  fireEvent.click(cell(1, 1));
  expect(copied()).toBe('row 0\t0\nrow 1\t37');
  // Letting go is no press on the row.
  expect(onActivate).not.toHaveBeenCalled();
  expect(screen.getByText('2 rows by 2 columns chosen').getAttribute('role')).toBe('status');
  fireEvent.mouseDown(cell(0, 0));
  cell(0, 0).focus();
  await userEvent.keyboard('{Shift>}{ArrowRight}{ArrowDown}{ArrowDown}{/Shift}');
  expect(cell(2, 1).getAttribute('aria-selected')).toBe('true');
  expect(copied()).toBe('row 0\t0\nrow 1\t37\nrow 2\t74');
  await userEvent.keyboard('{Escape}');
  expect(cell(2, 1).getAttribute('aria-selected')).toBe(null);
});

test('a grid leaves through a dialog with formats; an empty one has nothing to export', async () => {
  setup();
  await userEvent.click(screen.getByRole('button', { name: 'Export Things' }));
  const dialog = await screen.findByRole('dialog', { name: 'Export' }, { timeout: 60_000 });
  const names = within(within(dialog).getByRole('list', { name: 'Formats' }))
    .getAllByRole('button')
    .map((button) => button.getAttribute('aria-label'));
  expect(names).toEqual([
    'Copy CSV',
    'Download CSV',
    'Copy JSON',
    'Download JSON',
    'Download Parquet',
    'Copy Markdown',
    'Download Markdown',
    'Copy LaTeX',
    'Download LaTeX',
  ]);
  cleanup();
  setup({ rows: [] });
  expect(screen.queryByRole('button', { name: 'Export Things' })).toBe(null);
});

test('a row that is a list of cells is measured as one row, empty cells too', () => {
  const lists: readonly (readonly (string | undefined)[])[] = [[undefined, undefined], ['a']];
  render(
    <DataGrid
      name="Lists"
      columns={[0, 1].map((place) => ({
        id: String(place),
        header: `column ${place}`,
        value: (row: readonly (string | undefined)[]) => row[place],
      }))}
      rows={lists}
      rowKey={(row) => String(lists.indexOf(row))}
      emptyText="None."
    />,
  );
  expect(screen.getByRole('grid', { name: 'Lists' }).getAttribute('aria-rowcount')).toBe('3');
});
