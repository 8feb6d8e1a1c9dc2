import { placeColumns } from '../catalog/relations/selectRelation.ts';
import { missingColumns, storedTableOf, type UnreadableReport } from '../domain/unreadable.ts';
import type { Engine } from '../engine/engine.ts';
import { boolean, int, list, nullable, queryRows, text, type RowOf } from '../engine/rows.ts';
import { ident, join, literal, sql, type Sql } from '../lib/sql.ts';
import type { ExperimentId, FileId, SimulationId } from '../lib/ids.ts';
import { holdsNoNumber, isBrokenInside } from './read/brokenJson.ts';

/** A file, or what of it is about one experiment or one run. */
export interface UnreadableScope {
  readonly fileId: FileId;
  readonly experimentId?: ExperimentId | undefined;
  readonly simulationId?: SimulationId | undefined;
}

/** So many cells are listed; all of them are counted. */
const mostListed = 500;

const spec = {
  relation: text,
  columnName: text,
  storedText: nullable(text),
  rowLeftOut: boolean,
  experimentId: nullable(text),
  simulationId: nullable(text),
  iteration: nullable(int),
  agentId: nullable(text),
  tick: nullable(int),
  eventId: nullable(int),
  txId: nullable(text),
  cells: int,
  rows: int,
};

type Place = (typeof placeColumns)[number];

/** Columns of a place, of which a relation has `own`. */
const placeOf = (own: readonly Place[], of: (name: Place) => Sql = ident): Sql =>
  join(
    placeColumns.map((name) => (own.includes(name) ? of(name) : sql`NULL`)),
    ', ',
  );

const object = String.raw`\s*\{.*\}\s*`;

/** JSON columns, the form of a readable text, and the relation's own columns that say which row it is. */
const jsonColumns: readonly (readonly [string, string, string, readonly Place[]])[] = [
  ['experiments', 'config', object, ['experiment_id']],
  ['iterations', 'costs_per_agent', object, ['experiment_id', 'iteration']],
  ['iterations', 'policies', object, ['experiment_id', 'iteration']],
  ['experiment_events', 'event_data', object, ['experiment_id', 'iteration', 'event_id']],
  ['evaluations', 'proposed_policy', object, ['experiment_id', 'iteration', 'agent_id']],
  [
    'evaluations',
    'sample_details',
    String.raw`\s*(\[.*\]|null)\s*`,
    ['experiment_id', 'iteration', 'agent_id'],
  ],
  ['simulation_events', 'details', object, ['simulation_id', 'tick', 'agent_id', 'tx_id']],
];

/** Events are many: a broken text inside one of them is found and said where its run is read. */
const isLookedInto = (relation: string): boolean => relation !== 'simulation_events';

/** Numbers that are none are counted by agent there. */
const hasCellsOfItsOwn = (column: string): boolean => column === 'costs_per_agent';

/** Objects as writers leave them are told without the expression, in a tenth of its time. */
const isOfForm = (column: Sql, form: string): Sql =>
  form === object
    ? sql`CASE WHEN starts_with(${column}, '{') AND ends_with(${column}, '}') THEN TRUE
        ELSE regexp_full_match(${column}, ${form}, 's') END`
    : sql`regexp_full_match(${column}, ${form}, 's')`;

function jsonCells([relation, name, form, own]: (typeof jsonColumns)[number]): Sql {
  const column = ident(name);
  const odd = isLookedInto(relation)
    ? isBrokenInside(column, !hasCellsOfItsOwn(name))
    : holdsNoNumber(column);
  return sql`SELECT file_id, ${relation}, ${name}, left(${column}, 200), FALSE, ${placeOf(own)}
    FROM ${ident(relation)} WHERE NOT ${isOfForm(column, form)} OR ${odd}`;
}

/** Costs of one iteration and agent that are no whole cents. */
const costKeys = ['experiment_id', 'iteration', 'agent_id'] as const;
const costCells = sql`SELECT file_id, 'iterations', 'costs_per_agent', value_text, FALSE,
    ${placeOf(costKeys, (name) => ident(name === 'agent_id' ? 'agent_key' : name))}
  FROM iteration_costs WHERE cost_cents IS NULL AND value_text <> 'null'`;

/** A date, with a time of day, with a zone (`lib/storedTime.ts`). */
const time = String.raw`\s*\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d)?(\.\d+)?\s*(Z|[+-]\d\d(:?\d\d)?)?)?\s*`;

/** Columns of times that are text in some layout. */
const timeColumns: readonly (readonly [string, string, Place])[] = [
  ['experiments', 'created_at', 'experiment_id'],
  ['experiments', 'completed_at', 'experiment_id'],
  ['simulation_runs', 'started_at', 'simulation_id'],
  ['simulation_runs', 'ended_at', 'simulation_id'],
];

function timeCells([relation, column, own]: (typeof timeColumns)[number]): Sql {
  return sql`SELECT file_id, ${relation}, ${column}, left(${ident(column)}, 200), FALSE, ${placeOf([own])}
    FROM ${ident(relation)} WHERE NOT regexp_full_match(${ident(column)}, ${time})`;
}

/**
 * Every cell that cannot be read, with its place. JSON is not parsed: its texts are looked at from their two ends and,
 * of experiments, for what breaks them in between; of all, for numbers that are none. Large files are asked only on request.
 */
export async function readUnreadable(
  engine: Engine,
  scope: UnreadableScope,
  signal?: AbortSignal,
): Promise<UnreadableReport> {
  const columns = sql`file_id, relation, column_name, stored_text, row_left_out, ${join(placeColumns.map(ident), ', ')}`;
  const keys = [
    ...(scope.experimentId === undefined ? [] : ['experiment_id']),
    ...(scope.simulationId === undefined ? [] : ['simulation_id']),
  ];
  // What does not say of which experiment or run it is has no row in the scope; planning it takes as long as reading.
  const isInScope = (own: readonly string[]): boolean => keys.every((key) => own.includes(key));
  const parts = [
    sql`SELECT ${columns} FROM unreadable_cells`,
    ...jsonColumns.filter(([, , , own]) => isInScope(own)).map(jsonCells),
    ...timeColumns.filter(([, , own]) => isInScope([own])).map(timeCells),
    ...(isInScope(costKeys) ? [costCells] : []),
  ];
  const statement = sql`SELECT * EXCLUDE (file_id), count(*) OVER () AS cells,
      count(*) FILTER (row_left_out) OVER () AS rows
    FROM (${join(parts, ' UNION ALL ')}) AS found(${columns}) WHERE ${conditionOf(scope)}
    ORDER BY relation, experiment_id, simulation_id, iteration, agent_id, tick, column_name LIMIT ${mostListed}`;
  const rows = await queryRows(engine, statement, spec, signal);
  return {
    cells: rows.map((row) => ({
      table: storedTableOf(row.relation),
      column: row.columnName,
      rowKey: keyOf(row),
      stored: row.storedText,
      isRowLeftOut: row.rowLeftOut,
    })),
    cellCount: rows[0]?.cells ?? 0,
    rowsLeftOut: rows[0]?.rows ?? 0,
    missingColumns: missingColumns(await readTables(engine, scope.fileId, signal)),
  };
}

/** Of an experiment or a run only its own rows. */
function conditionOf({ fileId, experimentId, simulationId }: UnreadableScope): Sql {
  const ofExperiment = experimentId === undefined ? [] : [sql`experiment_id = ${experimentId}`];
  const ofRun = simulationId === undefined ? [] : [sql`simulation_id = ${simulationId}`];
  return join([sql`file_id = ${fileId}`, ...ofExperiment, ...ofRun], ' AND ');
}

function keyOf(row: RowOf<typeof spec>): Readonly<Record<string, string>> {
  const { experimentId, simulationId, iteration, agentId, tick, eventId, txId } = row;
  const values = [experimentId, simulationId, iteration, agentId, tick, eventId, txId];
  return Object.fromEntries(
    placeColumns.flatMap((name, i) => (values[i] === undefined ? [] : [[name, String(values[i])] as const])),
  );
}

async function readTables(engine: Engine, file: FileId, signal: AbortSignal | undefined) {
  const rows = await queryRows(
    engine,
    sql`SELECT table_name, list(column_name) AS columns FROM stored_types
      WHERE file_id = ${literal(file)} GROUP BY table_name`,
    { tableName: text, columns: list(text) },
    signal,
  );
  return new Map(rows.map(({ tableName, columns }) => [tableName, new Set(columns)]));
}
