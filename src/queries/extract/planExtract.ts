import type { Engine } from '../../engine/engine.ts';
import { int, nullable, queryRows, text } from '../../engine/rows.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { plural } from '../../lib/format.ts';
import { ident, join, sql, type Sql } from '../../lib/sql.ts';
import type { Table } from '../../schema/table.ts';
import { tables } from '../../schema/tables.ts';
import {
  attachedFile,
  chooseRuns,
  chosenRuns,
  planTables,
  type ExtractParts,
  type ExtractScope,
  type PlanPart,
  type TablePlan,
} from './extractPlan.ts';

/** Thrown where no extract is made; the source and what is open are untouched. */
export class ExtractError extends Error {
  override readonly name = 'ExtractError';
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(`${refusal.what} ${refusal.why}`);
    this.refusal = refusal;
  }
}

interface PlannedPart {
  readonly plan: TablePlan;
  readonly part: PlanPart;
  readonly rows: number;
}

export interface PlannedFile {
  readonly scope: ExtractScope;
  readonly parts: readonly PlannedPart[];
  /** Largest number of a row in each table that numbers its rows. */
  readonly lastIds: ReadonlyMap<string, number>;
  readonly notes: readonly string[];
}

export const refusal = (subject: string, what: string, why: string, wayOut: string): ExtractError =>
  new ExtractError({ code: 'not-extracted', subject, what, why, wayOut });

export function refuseTwice(scopes: readonly ExtractScope[]): void {
  const holders = new Map<string, string>();
  for (const { fileName, experimentIds } of scopes) {
    for (const id of experimentIds) {
      const before = holders.get(id);
      if (before !== undefined)
        throw refusal(
          id,
          `${id} is chosen from two files.`,
          `${before} and ${fileName} both hold it, and an experiment can stand only once in a database.`,
          'Choose it from one of them.',
        );
      holders.set(id, fileName);
    }
  }
}

/** Counts the rows of every table, and looks for values that the unified schema has no place for. */
export async function planFile(
  engine: Engine,
  scope: ExtractScope,
  parts: ExtractParts,
  signal: AbortSignal | undefined,
): Promise<PlannedFile> {
  const file = await attachedFile(engine, scope.fileId);
  for (const statement of chooseRuns(scope)) await engine.query(statement, signal);
  const planned: PlannedPart[] = [];
  const notes: string[] = [];
  const lastIds = new Map<string, number>();
  let hasIterations = false;
  for (const plan of planTables(file, scope.experimentIds, parts)) {
    const { table } = plan;
    for (const found of plan.parts) {
      const part = table.name === 'policy_evaluations' ? ofStoredIterations(found, planned) : found;
      const facts = await countPart(engine, scope, table, found, signal);
      const rows = part === found ? facts.rows : (await countPart(engine, scope, table, part, signal)).rows;
      if (rows < facts.rows)
        notes.push(
          `${plural(facts.rows - rows, 'evaluation')} of ${scope.fileName} in iterations without a row of their own: left out, as the unified schema refers to that row.`,
        );
      if (facts.zoned > 0)
        notes.push(
          `${plural(facts.zoned, 'row')} of ${table.name} in ${scope.fileName} with times in a zone: written as UTC, as the unified schema keeps no zone.`,
        );
      if (facts.lastId !== undefined) lastIds.set(table.name, facts.lastId);
      if (rows === 0) continue;
      hasIterations ||= table.name === 'experiment_iterations';
      planned.push({ plan, part, rows });
    }
  }
  if (!planned.some(({ plan }) => plan.table.name === 'experiments'))
    throw refusal(
      scope.fileName,
      'No row of a chosen experiment can be read.',
      `${scope.fileName} holds none under these ids.`,
      'Choose other experiments.',
    );
  if (!hasIterations) notes.push(`${scope.fileName} records no iteration of these experiments.`);
  if (!file.tables.has('policy_evaluations'))
    notes.push(
      `${scope.fileName} has no table of evaluations: verdicts, costs of proposals and samples are no better known in the new database than there.`,
    );
  notes.push(...(await staysBehind(engine, scope, file.tables, parts, signal)));
  return { scope, parts: planned, lastIds, notes };
}

/** An evaluation refers to the row of its iteration. */
function ofStoredIterations(part: PlanPart, planned: readonly PlannedPart[]): PlanPart {
  const iterations = planned.find((one) => one.plan.table.name === 'experiment_iterations');
  if (iterations === undefined) return { ...part, from: sql`${part.from} AND FALSE` };
  const key = (of: PlanPart): Sql =>
    sql`${of.columns.get('experiment_id') ?? sql`NULL`}, ${of.columns.get('iteration') ?? sql`NULL`}`;
  const stored = sql`SELECT ${key(iterations.part)} FROM ${iterations.part.from}`;
  return { ...part, from: sql`${part.from} AND (${key(part)}) IN (${stored})` };
}

/** What of the file has no place in the unified schema, or was given up for it. */
async function staysBehind(
  engine: Engine,
  { fileName }: ExtractScope,
  found: ReadonlyMap<string, ReadonlyMap<string, string>>,
  parts: ExtractParts,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  const known = new Map(tables.map((table) => [table.name, table]));
  const others = [...found.keys()].filter((name) => !known.has(name)).sort();
  const notes =
    others.length === 0
      ? []
      : [`Tables of ${fileName} that the unified schema does not have stay behind: ${others.join(', ')}.`];
  if (!parts.runs || found.has('simulation_runs')) return notes;
  const [row] = await queryRows(
    engine,
    sql`SELECT count(*) AS runs FROM ${chosenRuns}`,
    { runs: int },
    signal,
  );
  if ((row?.runs ?? 0) === 0) return notes;
  return [
    ...notes,
    `The rows of runs are those of ${fileName}, as stored: this layout keeps seed 0 and one day for runs of experiments, and the true seed in the events of the loop, which came along.`,
  ];
}

/** Throws where a stored value does not fit its column: nothing is rounded or left out in silence. */
async function countPart(
  engine: Engine,
  { fileName }: ExtractScope,
  table: Table,
  part: PlanPart,
  signal: AbortSignal | undefined,
): Promise<{ readonly rows: number; readonly zoned: number; readonly lastId: number | undefined }> {
  const numbered = table.columns.find(({ sequence }) => sequence !== undefined);
  const id = numbered === undefined ? undefined : part.columns.get(numbered.name);
  const tests = part.lost.map(
    ({ test, stored }, place) =>
      sql`count(*) FILTER (${test}) AS ${ident(`lost_${place}`)}, min(${stored}) FILTER (${test}) AS ${ident(`stored_${place}`)}`,
  );
  const items = [
    sql`count(*) AS rows`,
    sql`count(*) FILTER (${part.zoned}) AS zoned`,
    sql`CAST(${id === undefined ? sql`NULL` : sql`max(${id})`} AS BIGINT) AS last_id`,
    ...tests,
  ];
  const found = await engine.query(sql`SELECT ${join(items, ', ')} FROM ${part.from}`, signal);
  const read = <T>(name: string, column: { read(cell: unknown): T }): T =>
    column.read(found.cell(found.columns.indexOf(name), 0));
  for (const [place, { column }] of part.lost.entries()) {
    const lost = read(`lost_${place}`, int);
    if (lost === 0) continue;
    throw refusal(
      fileName,
      `${plural(lost, 'stored value')} of ${table.name}.${column} would not come along unchanged.`,
      `The unified schema has no place for it: “${(read(`stored_${place}`, nullable(text)) ?? '').slice(0, 60)}” among them.`,
      'Choose other experiments, or copy the file whole.',
    );
  }
  return { rows: read('rows', int), zoned: read('zoned', int), lastId: read('last_id', nullable(int)) };
}
