import { useCallback, useMemo } from 'react';

import type { Chosen, PointLook } from '../../charts/ScatterDrawing.tsx';
import { ScatterFigure, type Brush } from '../../charts/ScatterFigure.tsx';
import {
  isCrowded,
  scatterModel,
  stretchOf,
  type ScatterAxis,
  type ScatterColumn,
  type ScatterModel,
  type Stretch,
} from '../../charts/shape/scatter.ts';
import { formatCount, formatMoney, numberText, plural, withMinus } from '../../lib/format.ts';
import { cents } from '../../lib/units.ts';
import { Card } from '../../ui/Card.tsx';
import { Select } from '../../ui/TextField.tsx';
import type { DeskRow } from '../shared/proposals/deskRow.ts';
import {
  isNumeric as holdsNumbers,
  namesInOperand,
  none,
  rangeLeft,
  setOperand,
  type Filter,
} from '../shared/proposals/filter.ts';
import type { ProposalColumn } from '../shared/proposals/numberColumns.tsx';
import { fitsAll } from '../shared/proposals/readAddress.ts';
import { useAddress } from '../shared/useAddress.ts';
import { proposalsFields } from './fields.ts';
import styles from './Proposals.module.css';
import type { ProposalTable } from './useProposalTable.ts';

interface ScatterCardProps {
  readonly rows: readonly DeskRow[];
  readonly columns: readonly ProposalColumn[];
  readonly table: ProposalTable;
}

/**
 * Two columns against each other. What is chosen in it are conditions on these columns: so the table, the counts, the
 * desk and the address have it at once. Rows that only these conditions leave out are drawn paler.
 */
export function ScatterCard({ rows, columns, table }: ScatterCardProps) {
  const { search, patch } = useAddress(proposalsFields);
  const { left, filters, filtersOn, setFilters } = table;
  const [x, y] = useMemo(
    () => [
      columnFor(search.across, columns, rows, usuallyAcross),
      columnFor(search.up, columns, rows, usuallyUp),
    ],
    [search.across, search.up, columns, rows],
  );
  const drawn = useMemo(() => {
    const others = filters.filter(({ column: { id } }) => id !== x.id && id !== y.id);
    return others.length === 0 ? rows : rows.filter(fitsAll(others));
  }, [rows, filters, x, y]);
  // Kept while conditions come and go.
  const whole = useMemo(() => scatterModel(rows, axisColumn(x), axisColumn(y)), [rows, x, y]);
  const model = useMemo(
    () => (drawn === rows ? whole : scatterModel(drawn, axisColumn(x), axisColumn(y))),
    [rows, drawn, whole, x, y],
  );
  const agents = useMemo(
    () =>
      [...new Set(rows.map(({ proposal }): string => proposal.agentId))].sort((a, b) =>
        a.localeCompare(b, 'en', { numeric: true }),
      ),
    [rows],
  );
  const lookOf = useMemo(() => {
    const places = new Map(agents.map((agent, place) => [agent, place]));
    const fitting = left.length === rows.length ? undefined : new Set(left);
    return (row: DeskRow): PointLook => ({
      agentIndex: places.get(row.proposal.agentId) ?? 0,
      verdict: row.proposal.verdict,
      isIn: fitting === undefined || fitting.has(row),
    });
  }, [agents, left, rows.length]);
  const read = useCallback((found: readonly DeskRow[]) => readout(found, x, y, lookOf), [x, y, lookOf]);
  const onBrush = (brush: Brush) => {
    const changed = new Map<string, readonly Filter[]>();
    if (brush.y !== undefined) changed.set(y.id, drawnCondition(y, model.y, brush.y));
    // Last, so that it stands where one column is on both axes.
    if (brush.x !== undefined) changed.set(x.id, drawnCondition(x, model.x, brush.x));
    setFilters(changed);
  };
  const options = columns.map(({ id, label }) => ({ value: id, label }));
  return (
    <Card
      title="Scatter"
      padded
      actions={
        <div className={styles.axes}>
          <Select label="Across" options={options} value={x.id} onChange={(across) => patch({ across })} />
          <Select label="Upwards" options={options} value={y.id} onChange={(up) => patch({ up })} />
        </div>
      }
    >
      <ScatterFigure
        name="Scatter of proposals"
        caption={captionOf(model, x, y)}
        model={model}
        lookOf={lookOf}
        agents={agents}
        read={read}
        chosenX={chosenOn(model.x, filtersOn(x.id))}
        chosenY={chosenOn(model.y, filtersOn(y.id))}
        onBrush={onBrush}
        onPick={(row) =>
          setFilters(
            new Map([
              [x.id, [exactly(x, row)]],
              [y.id, [exactly(y, row)]],
            ]),
          )
        }
        onClear={() =>
          setFilters(
            new Map([
              [x.id, []],
              [y.id, []],
            ]),
          )
        }
        table={() => ({
          columns: twinColumns(columns, x, y),
          rows: model.rows,
          rowKey: (row) => row.key,
          emptyText: 'No proposal has a value across.',
        })}
      />
    </Card>
  );
}

const usuallyAcross = (id: string) => id.startsWith('proposed.') || id === 'iteration';
const usuallyUp = (id: string) => ['saving', 'new', 'seconds', 'agent'].includes(id);

/** The column of the address; else the first of the usual ones that holds a value. */
function columnFor(
  asked: string | undefined,
  columns: readonly ProposalColumn[],
  rows: readonly DeskRow[],
  isUsual: (id: string) => boolean,
): ProposalColumn {
  const usual = columns.filter(({ id }) => isUsual(id)).sort((a, b) => usualPlace(a.id) - usualPlace(b.id));
  const found =
    columns.find(({ id }) => id === asked) ??
    usual.find(({ value }) => rows.some((row) => value(row) !== undefined)) ??
    usual[0];
  if (found === undefined) throw new Error('The table of proposals has no iteration and no agent');
  return found;
}

/** Parameters go before iterations, savings before costs. */
const usualPlace = (id: string) => ['saving', 'new', 'seconds', 'agent', 'iteration'].indexOf(id);

const isNumeric = ({ kind }: ProposalColumn) => holdsNumbers(kind);

function axisColumn(column: ProposalColumn): ScatterColumn<DeskRow> {
  return {
    name: column.label,
    isNumber: isNumeric(column),
    value: column.value,
    formatTick: (value) => numberWords(column, value),
  };
}

function numberWords({ kind }: ProposalColumn, value: number): string {
  if (kind === 'money') return formatMoney(cents(BigInt(Math.round(value))));
  return kind === 'share'
    ? `${withMinus(String(Number((value * 100).toPrecision(12))))} %`
    : numberText(Number(value.toPrecision(12)));
}

/** The exact value in words. */
function valueWords(column: ProposalColumn, row: DeskRow): string {
  const value = column.value(row);
  if (value === undefined) return 'none';
  if (typeof value === 'bigint') return column.kind === 'money' ? formatMoney(cents(value)) : String(value);
  return typeof value === 'number' && Number.isFinite(value) ? numberWords(column, value) : String(value);
}

/** Rows of which all is read at one place; of more, how many they are. */
const mostRead = 3;

function readout(
  found: readonly DeskRow[],
  x: ProposalColumn,
  y: ProposalColumn,
  lookOf: (row: DeskRow) => PointLook,
) {
  const [first] = found;
  const place =
    first === undefined ? '' : `${x.label} ${valueWords(x, first)}, ${y.label} ${valueWords(y, first)}`;
  return {
    title: place,
    aside:
      found.length > mostRead
        ? `${formatCount(found.length)} proposals, ${formatCount(mostRead)} of them below`
        : plural(found.length, 'proposal'),
    blocks: found.slice(0, mostRead).map((row) => {
      const { proposal, experimentName } = row;
      return {
        name: `${experimentName}, iteration ${proposal.iteration}, ${proposal.agentId}`,
        agentIndex: lookOf(row).agentIndex,
        facts: [],
        proposal: { verdict: proposal.verdict, facts: [], reason: proposal.reason },
      };
    }),
  };
}

/** The condition on a column that keeps what this row has. */
function exactly(column: ProposalColumn, row: DeskRow): Filter {
  const value = column.value(row);
  const isPlaced = value !== undefined && (!isNumeric(column) || typeof value !== 'string');
  if (!isPlaced) return { column: column.id, operator: '=', operand: none };
  const operand = isNumeric(column) ? String(value) : setOperand([String(value)]);
  return { column: column.id, operator: '=', operand };
}

/** What a rectangle means as a condition; none where it covers no word. */
function drawnCondition(
  { id }: ProposalColumn,
  axis: ScatterAxis,
  stretch: Stretch | 'rail',
): readonly Filter[] {
  if (stretch === 'rail') return [{ column: id, operator: '=', operand: none }];
  const meant = stretchOf(axis, stretch[0], stretch[1]);
  if ('range' in meant)
    return [{ column: id, operator: '=', operand: [...new Set(meant.range)].map(String).join('..') }];
  return meant.words.length === 0 ? [] : [{ column: id, operator: '=', operand: setOperand(meant.words) }];
}

/** What conditions choose on an axis; those that leave no stretch of it are not drawn. */
function chosenOn(axis: ScatterAxis, filters: readonly Filter[]): Chosen {
  const [filter, ...more] = filters;
  if (filter === undefined) return undefined;
  if (more.length > 0) {
    const ranges = filters.map(rangeLeft);
    if (axis.categories !== undefined || ranges.includes(undefined)) return undefined;
    const low = Math.max(...ranges.map((range) => range?.[0] ?? -Infinity));
    const high = Math.min(...ranges.map((range) => range?.[1] ?? Infinity));
    return low > high ? undefined : [[low, high]];
  }
  if (filter.operand === none) return filter.operator === '=' ? 'rail' : undefined;
  if (axis.categories === undefined) {
    const range = rangeLeft(filter);
    return range === undefined ? undefined : [range];
  }
  if (filter.operator !== '=') return undefined;
  return namesInOperand(filter.operand).flatMap((word) => {
    const place = axis.categories?.indexOf(word) ?? -1;
    return place < 0 ? [] : [[place - 0.5, place + 0.5] as const];
  });
}

function captionOf(model: ScatterModel<DeskRow>, x: ProposalColumn, y: ProposalColumn): string {
  const { rows, withoutX, withoutY } = model;
  const gone = [
    ...(withoutX === 0 ? [] : [`${formatCount(withoutX)} without ${x.label} are not drawn`]),
    ...(withoutY === 0 ? [] : [`${formatCount(withoutY)} without ${y.label} stand on the line below`]),
    ...(isCrowded(model) ? ['squares are darker the more proposals lie in them'] : []),
  ];
  const words = gone.join('; ');
  const more = words === '' ? '' : ` ${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
  return `${plural(rows.length, 'proposal')}, ${y.label} by ${x.label}.${more} Draw a rectangle or click to choose.`;
}

/** Which proposal, then the two columns. */
function twinColumns(
  columns: readonly ProposalColumn[],
  x: ProposalColumn,
  y: ProposalColumn,
): readonly ProposalColumn[] {
  const wanted = new Set(['experiment', 'iteration', 'agent', 'verdict', x.id, y.id]);
  return columns.filter(({ id }) => wanted.has(id));
}
