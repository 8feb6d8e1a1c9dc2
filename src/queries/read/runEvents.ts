import type { RunEvent } from '../../domain/linkRuns.ts';
import type { Engine } from '../../engine/engine.ts';
import { int, nullable, queryRows, text } from '../../engine/rows.ts';
import { sql, type Sql } from '../../lib/sql.ts';
import { simulationId } from '../../lib/ids.ts';
import { ofExperiment, type ExperimentScope } from '../scope.ts';
import { withEventIds } from './eventIds.ts';
import { cutBefore, readEventObjects } from './eventObjects.ts';
import { integerField, textField } from './jsonFields.ts';

/** The first members as writers put them; before them stands nothing that could open another object. */
const opening = String.raw`^\s*\{\s*"simulation_id"\s*:\s*"([^"\\]+)"\s*,\s*"purpose"\s*:\s*"([^"\\]*)"\s*,\s*"seed"\s*:\s*(-?[0-9]+)\s*[,}]`;

const spec = { eventId: int, iteration: int, run: nullable(text), purpose: text, seed: text };

/**
 * The `simulation_run` events of one experiment. Their three fields are taken out by the engine: old files carry
 * the whole event array of the run behind them (domain.md 5.1).
 */
export async function readRunEvents(
  engine: Engine,
  scope: ExperimentScope,
  signal: AbortSignal | undefined,
): Promise<RunEvent[]> {
  const condition = sql`${ofExperiment(scope)} AND event_type = 'simulation_run'`;
  const statement = sql`SELECT event_id, iteration, nullif(found.run, '') AS run, found.purpose AS purpose,
      found.seed AS seed
    FROM (SELECT event_id, iteration, regexp_extract(event_data, ${opening}, ['run', 'purpose', 'seed']) AS found
      FROM experiment_events WHERE ${condition}) ORDER BY event_id`;
  const rows = await queryRows(engine, statement, spec, signal);
  const odd = rows.filter((row) => row.run === undefined).map((row) => row.eventId);
  const others =
    odd.length === 0 ? [] : await readOdd(engine, sql`${condition} AND ${withEventIds(odd)}`, signal);
  const byId = new Map(others);
  return rows.flatMap(({ eventId, iteration, run, purpose, seed }) => {
    if (run !== undefined)
      return [{ simulationId: simulationId(run), iteration, purpose, seed: BigInt(seed) }];
    return byId.get(eventId) ?? [];
  });
}

/** Events of another form, by id, read as objects. */
async function readOdd(
  engine: Engine,
  condition: Sql,
  signal: AbortSignal | undefined,
): Promise<(readonly [number, RunEvent])[]> {
  const cut = cutBefore('events', ['simulation_id', 'seed']);
  const events = await readEventObjects(engine, condition, cut, signal);
  return events.flatMap(({ eventId, iteration, fields }) => {
    const id = textField(fields.simulation_id);
    if (id === undefined) return [];
    const purpose = textField(fields.purpose);
    return [
      [
        eventId,
        { simulationId: simulationId(id), iteration, purpose, seed: integerField(fields.seed) },
      ] as const,
    ];
  });
}
