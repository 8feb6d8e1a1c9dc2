import {
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type ClipboardEvent,
  type ReactNode,
  type RefObject,
  type UIEventHandler,
} from 'react';
import styles from './DataGrid.module.css';
import { cx } from '../cx.ts';
import { ExportGrid, type TableChoice } from '../export/ExportButtons.tsx';
import { VisuallyHidden } from '../VisuallyHidden.tsx';
import { cellText, copiedValue, type GridColumn, type GridSort, type PagedRows } from './gridColumn.ts';
import { GridHeader, useGridHeaders } from './GridHeader.tsx';
import { GridRow, type RowData } from './GridRow.tsx';
import { PartBar, partOf, partWith, type GridPart } from './PartBar.tsx';
import { sortRows } from './sortRows.ts';
import { useGridFocus, rangeText, rangeWords, useGridRange } from './useGridFocus.ts';
import { columnsFor, useColumnWidths, useRoom } from './useColumnWidths.ts';
import {
  ROW_HEIGHT,
  useColumnSlots,
  useGridWindow,
  useRevealRow,
  useTopRow,
  WHOLE_BELOW,
} from './useGridWindow.ts';

export interface DataGridProps<Row> {
  /** Accessible name, as "Open files". */
  readonly name: string;
  /** Keep columns and rows stable between renders (module constant or useMemo): sorting hangs on them. */
  readonly columns: readonly GridColumn<Row>[];
  readonly rows: readonly Row[];
  /** Instead of `rows`: rows that are fetched as they come into sight. They are known by their place and not sorted. */
  readonly paged?: PagedRows<Row> | undefined;
  readonly rowKey: (row: Row) => string;
  /** Makes one cell of the row a real link. */
  readonly rowHref?: ((row: Row) => string | undefined) | undefined;
  /** Marks of a row; the same object for the same marks, so that rows are not drawn again. */
  readonly rowData?: ((row: Row) => RowData | undefined) | undefined;
  /** Called instead of following the link, and by a click or Enter anywhere in the row: it selects. */
  readonly onActivate?: ((row: Row) => void) | undefined;
  /** Called by a click in the row instead of `onActivate`: it selects, while the link and Enter open. */
  readonly onSelect?: ((row: Row) => void) | undefined;
  readonly selectedKey?: string | undefined;
  /** Controlled together with `onSortChange`; `undefined` is the order of `rows`. */
  readonly sort?: GridSort | undefined;
  readonly onSortChange?: ((sort: GridSort | undefined) => void) | undefined;
  /** The rows come in the order of `sort` already. */
  readonly isOrdered?: boolean | undefined;
  readonly defaultSort?: GridSort | undefined;
  /** One sentence when there are no rows. */
  readonly emptyText: string;
  /** Pixels. Without it long tables take at most 70 % of the window and short ones what they need. */
  readonly maxHeight?: number | undefined;
  /** Takes the height of a parent with a height of its own. */
  readonly fill?: boolean | undefined;
  readonly stickyFirstColumn?: boolean | undefined;
  /** The way out of rows that are fetched as they come into sight; others have one by themselves. */
  readonly exported?: ReactNode;
  /** All rows and columns, where those shown are a part. */
  readonly whole?: Pick<DataGridProps<Row>, 'columns' | 'rows'> | undefined;
  readonly footer?: ReactNode;
  /** A field under each heading, 34 pixels high with its margin; what takes the focus in it carries `data-own-stop`. */
  readonly belowHeading?: ((column: GridColumn<Row>) => ReactNode) | undefined;
}

/** The one table of the app: virtual rows, sorting, one tab stop, exact values on Ctrl+C. */
export function DataGrid<Row>(props: DataGridProps<Row>) {
  const place = useRef<HTMLDivElement>(null);
  const room = useRoom(place);
  return (
    <div ref={place} className={cx(styles.grid, props.fill && styles.fill)}>
      {/* Drawn in a width that is known: laid out once. */}
      {room !== undefined && <GridInPlace {...props} place={room} />}
    </div>
  );
}

function GridInPlace<Row>(props: DataGridProps<Row> & { readonly place: number }) {
  const { name, rows, rowKey, rowHref, onActivate, selectedKey, maxHeight } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const room = useRoom(scroller, props.place);
  const { columns, linkColumnId } = useMemo(() => columnsFor(props.columns, room), [props.columns, room]);
  const [ownSort, setOwnSort] = useState(props.defaultSort);
  const sort = props.onSortChange === undefined ? ownSort : props.sort;
  const headers = useGridHeaders(columns, sort);
  const order = props.isOrdered === true ? undefined : sort;
  const sorted = useMemo(() => sortRows(rows, columns, order), [rows, columns, order]);

  const { paged } = props;
  const total = paged?.count ?? sorted.length;
  const placeOfKey = (key: string) =>
    paged === undefined ? sorted.findIndex((row) => rowKey(row) === key) : Number(key);
  const selectedPlace = selectedKey === undefined || paged !== undefined ? -1 : placeOfKey(selectedKey);
  const [part, setPart] = useGridPart(total, paged === undefined ? selectedPlace : paged.topRow);
  // From here on an index counts from the first row of the part; nearly every table is one part.
  const { first, rows: count } = part;
  const indexOf = (place: number) => (place < first || place >= first + count ? -1 : place - first);
  const rowAt = (index: number) => (paged === undefined ? sorted[first + index] : paged.rowAt(first + index));

  const keyAt = (index: number) => {
    if (index < 0 || index >= count) return undefined;
    if (paged !== undefined) return String(first + index);
    const row = rowAt(index);
    return row === undefined ? undefined : rowKey(row);
  };
  const indexOfKey = (key: string) => indexOf(placeOfKey(key));

  const selectedIndex = indexOf(selectedPlace);
  const topIndex = paged?.topRow === undefined ? undefined : indexOf(paged.topRow);
  const focus = useGridFocus({
    scroller,
    rowCount: count,
    columnCount: columns.length,
    keyAt,
    indexOfKey,
    entryRow: Math.max(0, topIndex ?? selectedIndex),
    onEnter: (index) => {
      const row = rowAt(index);
      if (row === undefined) return;
      if (onActivate !== undefined) onActivate(row);
      else
        scroller.current
          ?.querySelector<HTMLElement>(`tr[aria-rowindex="${first + index + 2}"] a[data-row-link]`)
          ?.click();
    },
  });
  const chosen = useGridRange({ active: focus.active, rowCount: count, columnCount: columns.length });
  const drawn = useGridWindow(scroller, count, focus.active.row, paged === undefined);
  const onDrawn = paged?.onDrawn;
  useEffect(() => onDrawn?.(first === 0 ? drawn : drawn.map((index) => first + index)));

  const headHeight =
    (headers.groups.length > 0 ? 54 : 30) + (props.belowHeading === undefined ? 0 : BELOW_HEADING);
  const keepScroll = useKeptScroll(scroller, name, count > 0 && selectedKey === undefined);
  useRevealRow(scroller, selectedIndex, headHeight);
  useTopRow(scroller, topIndex === -1 ? 0 : topIndex, count, first);

  const changeSort = (columnId: string) => {
    const next = headers.nextSort(columnId);
    if (props.onSortChange === undefined) setOwnSort(next);
    else props.onSortChange(next);
  };

  const showPart = (number: number) => {
    setPart(number);
    if (scroller.current !== null) scroller.current.scrollTop = 0;
  };

  const copy = (event: ClipboardEvent) => {
    if (window.getSelection()?.isCollapsed === false) return;
    if (chosen.range !== undefined) {
      event.preventDefault();
      event.clipboardData.setData('text/plain', rangeText(chosen.range, columns, rowAt));
      return;
    }
    const row = rowAt(focus.active.row);
    const column = columns[focus.active.column];
    if (row === undefined || column === undefined) return;
    event.preventDefault();
    event.clipboardData.setData('text/plain', cellText(copiedValue(column, row)));
  };

  const widths = useColumnWidths(
    columns,
    // A row may be a list itself, which is not to be taken apart.
    drawn.map(rowAt).filter((row) => row !== undefined),
    { room, stickyFirst: props.stickyFirstColumn === true },
  );
  const minWidth = widths.reduce((sum, width) => sum + width, 0);
  const slots = useColumnSlots(scroller, widths, focus.active.column);
  const [moreRight, onScroll] = useMoreRight(scroller);
  const long = count >= WHOLE_BELOW;
  const isChosen = (index: number): boolean =>
    chosen.range !== undefined && index >= chosen.range.top && index <= chosen.range.bottom;
  const ownExport = paged === undefined && total > 0 && (
    <ExportGrid
      name={name}
      shown={tableOf(columns, sorted)}
      whole={props.whole && tableOf(props.whole.columns, props.whole.rows)}
    />
  );
  const exported = props.exported ?? (ownExport === false ? undefined : ownExport);
  return (
    <>
      <div
        ref={scroller}
        data-more={moreRight ? 'right' : undefined}
        className={cx(styles.scroller, long && styles.long, props.stickyFirstColumn && styles.stickyFirst)}
        style={{
          ...(maxHeight === undefined ? {} : { maxHeight }),
          scrollPaddingTop: headHeight,
          scrollPaddingLeft: props.stickyFirstColumn ? widths[0] : 0,
        }}
        onKeyDown={(event) => {
          chosen.onKeyDown(event);
          focus.onKeyDown(event);
        }}
        {...chosen.handlers}
        onFocus={focus.onFocus}
        onBlur={focus.onBlur}
        onCopy={copy}
        onScroll={(event) => {
          onScroll(event);
          keepScroll();
        }}
      >
        <table
          role="grid"
          aria-label={name}
          aria-rowcount={total + 1}
          aria-colcount={columns.length}
          data-many={columns.length > manyColumns || undefined}
          className={styles.table}
          style={{ minWidth }}
        >
          <colgroup>
            {slots.map((slot) =>
              typeof slot === 'number' ? (
                <col key={slot} style={columns[slot]?.grow ? undefined : { width: widths[slot] }} />
              ) : (
                <col key={`room before ${slot.before}`} style={{ width: slot.width }} />
              ),
            )}
          </colgroup>
          <GridHeader
            columns={columns}
            slots={slots}
            groups={headers.groups}
            sort={sort}
            onSort={changeSort}
            activeColumn={focus.active.row === -1 ? focus.active.column : undefined}
            below={props.belowHeading}
          />
          <tbody role="rowgroup">
            {drawn.flatMap((index, at) => {
              const row = rowAt(index);
              const gap = index - (drawn[at - 1] ?? -1) - 1;
              const active = focus.active.row === index ? focus.active.column : undefined;
              if (row === undefined) {
                if (paged === undefined) return [];
                return [
                  <Gap key={`before ${index}`} rows={gap} />,
                  <LoadingRow
                    key={`loading ${index}`}
                    index={index}
                    first={first}
                    span={slots.length}
                    active={active}
                  />,
                ];
              }
              const key = rowKey(row);
              return [
                <Gap key={`before ${key}`} rows={gap} />,
                <GridRow
                  key={key}
                  row={row}
                  index={index}
                  first={first}
                  columns={columns}
                  slots={slots}
                  selected={
                    selectedKey === undefined ? focus.visited === index || undefined : key === selectedKey
                  }
                  activeColumn={active}
                  chosenFrom={isChosen(index) ? chosen.range?.left : undefined}
                  chosenTo={isChosen(index) ? chosen.range?.right : undefined}
                  href={rowHref?.(row)}
                  data={props.rowData?.(row)}
                  linkColumnId={linkColumnId}
                  onActivate={onActivate}
                  onSelect={props.onSelect ?? onActivate}
                />,
              ];
            })}
            <Gap rows={count - 1 - (drawn.at(-1) ?? -1)} />
          </tbody>
        </table>
        {total === 0 && <p className={styles.empty}>{props.emptyText}</p>}
      </div>
      {drawn.length < total && (
        <p className={styles.printed}>
          {drawn.length} of {total} rows are printed; the export of the table has all.
        </p>
      )}
      {part.of > 1 && <PartBar name={name} part={part} count={total} onPart={showPart} />}
      {(props.footer !== undefined || exported !== undefined) && (
        <div className={styles.bottom}>
          {props.footer !== undefined && <div className={styles.footer}>{props.footer}</div>}
          {exported}
        </div>
      )}
      {chosen.range !== undefined && (
        <VisuallyHidden role="status">{rangeWords(chosen.range)}</VisuallyHidden>
      )}
    </>
  );
}

/** Rows that are there already. */
function tableOf<Row>(columns: readonly GridColumn<Row>[], rows: readonly Row[]): TableChoice<Row> {
  return { columns, count: rows.length, read: (most) => Promise.resolve(rows.slice(0, most)) };
}

const BELOW_HEADING = 34;
/** More columns than these are too wide for paper under whole headings. */
const manyColumns = 16;

/** How far each table was scrolled, by its screen and name: who comes back finds it so. */
const keptScroll = new Map<string, number>();

/** Puts a table back to where it was left, once it has rows. Returns what to call when it is scrolled. */
function useKeptScroll(scroller: RefObject<HTMLElement | null>, name: string, isReady: boolean): () => void {
  const [key] = useState(() => `${location.hash.replace(/\?.*/s, '')} ${name}`);
  const isPut = useRef(false);
  useLayoutEffect(() => {
    const kept = keptScroll.get(key);
    if (isPut.current || !isReady || scroller.current === null) return;
    isPut.current = true;
    if (kept !== undefined) scroller.current.scrollTop = kept;
  });
  return () => {
    if (isPut.current && scroller.current !== null) keptScroll.set(key, scroller.current.scrollTop);
  };
}

/** Room for rows that are not drawn. */
function Gap({ rows }: { readonly rows: number }) {
  if (rows <= 0) return undefined;
  return <tr aria-hidden className={styles.gap} style={{ height: rows * ROW_HEIGHT }} />;
}

/** Whether a scrolled element holds more to the right of what is in sight; looked at once it is laid out. */
function useMoreRight(
  scroller: RefObject<HTMLElement | null>,
): readonly [boolean, UIEventHandler<HTMLElement>] {
  const [more, setMore] = useState(false);
  const look = (element: HTMLElement) =>
    setMore(element.scrollLeft + element.clientWidth < element.scrollWidth - 1);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null || typeof ResizeObserver === 'undefined') return undefined;
    const observer = new ResizeObserver(() => look(element));
    for (const each of [element, ...element.children]) observer.observe(each);
    return () => observer.disconnect();
  }, [scroller]);
  return [more, (event) => look(event.currentTarget)];
}

/** The part of a very long table that is shown: that of the row to be seen whenever it changes, or the one chosen. */
function useGridPart(
  count: number,
  seenRow: number | undefined,
): readonly [GridPart, (number: number) => void] {
  const target = seenRow === undefined || seenRow < 0 ? undefined : seenRow;
  const [wanted, setWanted] = useState(target === undefined ? 0 : partWith(target));
  const [followed, setFollowed] = useState(target);
  if (followed !== target) {
    setFollowed(target);
    if (target !== undefined) setWanted(partWith(target));
  }
  return [partOf(count, wanted), setWanted];
}

interface LoadingRowProps {
  /** Place in the part that is shown; `first` is that of the part in the whole table. */
  readonly index: number;
  readonly first: number;
  readonly span: number;
  readonly active: number | undefined;
}

/** Stands where a row will be that is still being fetched. */
function LoadingRow({ index, first, span, active }: LoadingRowProps) {
  return (
    <tr role="row" aria-rowindex={first + index + 2} aria-busy className={cx(styles.row, styles.loading)}>
      <td
        role="gridcell"
        aria-colindex={1}
        colSpan={span}
        data-row={index}
        data-column={active ?? 0}
        tabIndex={active === undefined ? -1 : 0}
      >
        loading
      </td>
    </tr>
  );
}
