/** Rows of a run in blocks: a long run is never held whole. */
import type { Engine } from '../../engine/engine.ts';
import { bigInt, boolean, decodeRows, double, int, nullable, text, type Column } from '../../engine/rows.ts';
import { ident, join, sql } from '../../lib/sql.ts';
import { checkedTables, type CheckedTable } from '../../schema/models/checkedTables.ts';
import type { EventText } from '../../domain/answers/resimulation.ts';
import type { TableColumn } from '../../schema/table.ts';
import { eventsOfRun } from '../read/eventFields.ts';
import type { RunScope } from '../scope.ts';

/** Where a block ended; the next one starts behind it. */
export interface EventCursor {
  readonly tick: number;
  /** Microseconds of the writer's clock. */
  readonly writtenUs: number;
  readonly row: number;
}

export interface EventBlock {
  readonly events: readonly EventText[];
  /** Undefined when there is no more. */
  readonly next: EventCursor | undefined;
}

/** The clock of the writer, which breaks ties within a tick; a row without it comes first. */
const clock = sql`coalesce(epoch_us(event_timestamp), 0)`;

const eventSpec = {
  tick: int,
  writtenUs: int,
  rowOrder: int,
  eventType: text,
  agentId: nullable(text),
  txId: nullable(text),
  details: text,
};

/** One row is one event of a run, in the true order. */
export async function eventBlock(
  engine: Engine,
  params: RunScope,
  after: EventCursor | undefined,
  limit: number,
  signal?: AbortSignal,
): Promise<EventBlock> {
  const behind =
    after === undefined
      ? sql``
      : sql`AND tick >= ${after.tick} AND (tick > ${after.tick} OR ${clock} > ${after.writtenUs}
          OR (${clock} = ${after.writtenUs} AND row_order > ${after.row}))`;
  const statement = sql`SELECT tick, ${clock} AS written_us, row_order, event_type, agent_id, tx_id,
      details FROM ${eventsOfRun(params)} ${behind} ORDER BY tick, written_us, row_order LIMIT ${limit}`;
  const rows = decodeRows(await engine.query(statement, signal), eventSpec);
  const last = rows.at(-1);
  return {
    events: rows.map(({ tick, eventType, agentId, txId, details }) => ({
      tick,
      eventType,
      agentId,
      txId,
      details,
    })),
    next:
      last === undefined || rows.length < limit
        ? undefined
        : { tick: last.tick, writtenUs: last.writtenUs, row: last.rowOrder },
  };
}

/** Cells of one row by field of the table's model; not yet held against the model. */
type RawRow = Readonly<Record<string, unknown>>;

export interface RowBlock {
  readonly rows: readonly RawRow[];
  /** Undefined when there is no more. */
  readonly next: number | undefined;
}

function cellOf(column: TableColumn): Column<unknown> {
  switch (column.type) {
    case 'VARCHAR':
    case 'TIMESTAMP':
      return nullable(text);
    case 'BIGINT':
      return column.exact ? nullable(bigInt) : nullable(int);
    case 'INTEGER':
      return nullable(int);
    case 'DOUBLE':
      return nullable(double);
    case 'BOOLEAN':
      return nullable(boolean);
  }
}

/** One row is one row of the run in a table of the unified schema, in the order in which it was written. */
export async function rowBlock(
  engine: Engine,
  params: RunScope,
  table: CheckedTable,
  after: number | undefined,
  limit: number,
  signal?: AbortSignal,
): Promise<RowBlock> {
  const { columns } = checkedTables[table];
  const names = join(
    columns.map(({ name }) => ident(name)),
    ', ',
  );
  const statement = sql`SELECT row_order, ${names} FROM ${ident(`stored_${table}`)}
    WHERE file_id = ${params.fileId} AND simulation_id = ${params.simulationId}
      ${after === undefined ? sql`` : sql`AND row_order > ${after}`}
    ORDER BY row_order LIMIT ${limit}`;
  const result = await engine.query(statement, signal);
  const readers = columns.map((column) => ({
    field: column.field,
    index: result.columns.indexOf(column.name),
    column: cellOf(column),
  }));
  const places = result.columns.indexOf('row_order');
  const rows = Array.from({ length: result.rowCount }, (_, row) =>
    Object.fromEntries(
      readers
        .map(({ field, index, column }) => [field, column.read(result.cell(index, row))] as const)
        .filter(([, value]) => value !== undefined),
    ),
  );
  const next = rows.length < limit ? undefined : int.read(result.cell(places, rows.length - 1));
  return { rows, next };
}
