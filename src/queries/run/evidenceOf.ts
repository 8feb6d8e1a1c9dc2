import type { IterationDetail } from '../../domain/answers/experiments.ts';
import type { Evidence, EvidenceRun } from '../../domain/answers/runs.ts';
import { iterationDetail } from '../iterationDetail.ts';
import { readConfig, readExperimentRow } from '../read/experimentRow.ts';
import { roleOf } from '../read/runRows.ts';
import { defineQuery } from '../query.ts';
import type { ExchangeScope } from '../scope.ts';

/** The exact runs behind the evaluation of one agent's proposal, and what was never stored (domain.md 3.6, 8). */
export const evidenceOf = defineQuery({
  name: 'evidenceOf',
  scope: 'experiment',
  async run(engine, scope: ExchangeScope, signal): Promise<Evidence | undefined> {
    const { fileId, experimentId, iteration } = scope;
    const detail = await engine.ask(iterationDetail.about({ fileId, experimentId, iteration }), signal);
    if (detail === null) return undefined;
    const experiment = await readExperimentRow(engine, scope, signal);
    const agent = detail.agents.find(({ agentId }) => agentId === scope.agentId);
    const mode =
      agent?.evaluation?.mode ?? readConfig(experiment?.config, experiment?.masterSeed).evaluationMode ?? '';
    const runs = detail.runs.map((run): EvidenceRun => ({ role: roleOf(run, detail.runs), run }));
    return { runs, missing: missingOf(runs, mode, agent) };
  },
});

function missingOf(
  runs: readonly EvidenceRun[],
  mode: string,
  agent: IterationDetail['agents'][number] | undefined,
): readonly string[] {
  const has = (role: EvidenceRun['role']) => runs.some((run) => run.role === role);
  const missing: string[] = [];
  if (!has('context')) {
    missing.push(
      runs.length === 0
        ? 'No run of this iteration is stored: files of this kind before 16 December 2025 store none without a flag, or the run’s level left it out.'
        : 'The run of this iteration itself is not stored.',
    );
  }
  if (agent?.proposal === undefined) {
    missing.push('No proposal of this agent is recorded in this iteration, so no run of one is expected.');
  } else if (mode === 'bootstrap') {
    if (!has('sample')) {
      missing.push('Sample runs are never stored by the simulator.');
    }
  } else if (mode.includes('temporal')) {
    missing.push('In temporal mode a proposal is judged by the run of the next iteration.');
  } else if (!has('evaluated')) {
    missing.push(
      'The runs that compared the old with the new policy are not stored: they are written only with the flag --persist-bootstrap.',
    );
  }
  return missing;
}
