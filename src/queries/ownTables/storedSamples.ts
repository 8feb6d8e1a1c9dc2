import { byIterationAndAgent } from '../../domain/verdict/evidence.ts';
import type { Sample } from '../../domain/experiment/normalised.ts';
import { groupBy } from '../../lib/groupBy.ts';
import type { AgentId, ExperimentId } from '../../lib/ids.ts';
import { experimentList } from '../experimentList.ts';
import { judgedIterations } from '../judged.ts';
import { judgedBy } from '../read/agentIterations.ts';
import { readEvaluationDetails, samplesOf } from '../read/evaluationRows.ts';
import { collectInSlices } from '../read/slices.ts';
import { defineQuery } from '../query.ts';
import { ofExperiment, type FileScope } from '../scope.ts';

/** The samples of one proposal, of the evaluation row that its verdict is from. */
interface ProposalSamples {
  readonly experimentId: ExperimentId;
  readonly iteration: number;
  readonly agentId: AgentId;
  readonly samples: readonly Sample[];
}

/** One row per proposal of a file whose samples are stored; entries that are no samples are left out. */
export const storedSamples = defineQuery({
  name: 'storedSamples',
  scope: 'one file',
  async run(engine, { fileId }: FileScope, signal): Promise<readonly ProposalSamples[]> {
    const found: ProposalSamples[] = [];
    for (const { experimentId } of await engine.ask(experimentList.about({ fileId }), signal)) {
      const scope = { fileId, experimentId };
      const { proposals } = await engine.ask(judgedIterations.about(scope), signal);
      const judged = byIterationAndAgent(proposals);
      const rows = groupBy(
        await readEvaluationDetails(engine, ofExperiment(scope), signal),
        (row) => `${row.iteration}\n${row.agentId}`,
      );
      function* samples(): Generator<ProposalSamples, void> {
        for (const ofOne of rows.values()) {
          const [first] = ofOne;
          if (first === undefined) continue;
          const proposal = [...(judged.get(first.iteration)?.values() ?? [])].find(
            ({ agentId }) => agentId === first.agentId,
          );
          const row = judgedBy(ofOne, proposal);
          if (proposal === undefined || row === undefined) continue;
          const { iteration, agentId } = proposal;
          yield { experimentId, iteration, agentId, samples: samplesOf(row).samples };
        }
      }
      found.push(...(await collectInSlices(samples(), signal)));
    }
    return found;
  },
});
