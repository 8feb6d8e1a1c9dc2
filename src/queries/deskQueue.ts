import { byIterationAndAgent } from '../domain/verdict/evidence.ts';
import { nullable, queryRows, text, type RowOf } from '../engine/rows.ts';
import { sql } from '../lib/sql.ts';
import type { Json } from '../lib/json.ts';
import { numericParameters, unreadableParameters } from '../domain/policy/parameters.ts';
import { kindOf } from '../domain/experiment/verdict.ts';
import { missOf } from '../domain/acceptance/reasons.ts';
import type { DeskEntry, DeskExperiment } from '../domain/answers/desk.ts';
import { experimentId, fileId } from '../lib/ids.ts';
import { judgedIn, type JudgedExperiment } from './judged.ts';
import { acceptanceRulesOf } from './read/experimentRow.ts';
import { collectInSlices } from './read/slices.ts';
import { defineQuery } from './query.ts';
import { inDeskScope, type DeskScope } from './scope.ts';
import { firstBy } from '../lib/groupBy.ts';

const spec = { fileId: text, experimentId: text, config: nullable(text), createdAt: nullable(text) };
type ExperimentRow = RowOf<typeof spec>;

/** Every proposal of the asked experiments with its verdict, judged as everywhere else; no text is kept. */
export const deskQueue = defineQuery({
  name: 'deskQueue',
  scope: 'one file',
  async run(engine, params: DeskScope, signal): Promise<DeskExperiment[]> {
    const condition = inDeskScope(params);
    const statement = sql`SELECT file_id, experiment_id, config, created_at FROM experiments
      WHERE ${condition} ORDER BY created_at, experiment_id`;
    const experiments = await queryRows(engine, statement, spec, signal);
    const judgedOf = await judgedIn(engine, params, signal);
    const found: DeskExperiment[] = [];
    for (const row of experiments) found.push(await deskExperiment(row, judgedOf(row.experimentId), signal));
    return found;
  },
});

async function deskExperiment(
  row: ExperimentRow,
  { stored, iterations, proposals }: JudgedExperiment,
  signal: AbortSignal | undefined,
): Promise<DeskExperiment> {
  const rows = firstBy(iterations, (row) => row.iteration);
  const exchanges = byIterationAndAgent(stored.exchanges);
  const parametersOf = remember(numericParameters);
  const oddOf = remember(unreadableParameters);
  function* entries(): Generator<DeskEntry, void> {
    for (const proposal of proposals) {
      const { iteration, agentId } = proposal;
      const kind = kindOf(proposal, exchanges.get(iteration)?.get(agentId)?.responseWords);
      const policy = rows.get(iteration)?.policies.get(agentId);
      const next = rows.get(iteration + 1)?.policies.get(agentId);
      const after = next === undefined ? undefined : parametersOf(next);
      const odd = { inForce: policy === undefined ? undefined : oddOf(policy), after: oddOf(next) };
      yield { proposal, kind, miss: missOf(proposal, kind), inForce: parametersOf(policy), after, odd };
    }
  }
  return {
    fileId: fileId(row.fileId),
    experimentId: experimentId(row.experimentId),
    rules: acceptanceRulesOf(row, stored.evaluations),
    entries: await collectInSlices(entries(), signal),
  };
}

/** A policy that stays in force for many iterations is one object, and what is read of it is one map. */
function remember<Value>(
  read: (policy: Json | undefined) => ReadonlyMap<string, Value>,
): (policy: Json | undefined) => ReadonlyMap<string, Value> {
  const known = new Map<Json | undefined, ReadonlyMap<string, Value>>();
  return (policy) => {
    const found = known.get(policy) ?? read(policy);
    known.set(policy, found);
    return found;
  };
}
