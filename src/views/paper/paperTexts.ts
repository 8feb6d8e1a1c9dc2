import type { Question } from '../../queries/query.ts';
import { exchange } from '../../queries/exchange.ts';
import { eventPage } from '../../queries/run/runEvents.ts';
import { experimentLabel } from '../shared/experimentWords.ts';
import type { PaperText } from './paperFiles.ts';
import type { PaperExperiment } from './paperTables.ts';

type Ask = <T>(question: Question<T>) => Promise<T>;

/** Events of the trace, as papers of this field print them. */
const traceEvents = 30;

/** The appendix: system prompt, one user prompt and one trace, of the first experiment that has them. */
export async function readTexts(
  experiments: readonly PaperExperiment[],
  ask: Ask,
): Promise<readonly PaperText[]> {
  return [
    ...(await firstOf(experiments, (one) => prompts(one, ask))),
    ...(await firstOf(experiments, (one) => trace(one, ask))),
  ];
}

async function firstOf(
  experiments: readonly PaperExperiment[],
  read: (one: PaperExperiment) => Promise<readonly PaperText[]>,
): Promise<readonly PaperText[]> {
  for (const one of experiments) {
    const found = await read(one);
    if (found.length > 0) return found;
  }
  return [];
}

async function prompts({ file, summary, detail }: PaperExperiment, ask: Ask): Promise<readonly PaperText[]> {
  const [first] = detail.proposals;
  if (first === undefined) return [];
  const { iteration, agentId } = first;
  const found = await ask(
    exchange.about({ fileId: file.fileId, experimentId: summary.experimentId, iteration, agentId }),
  );
  if (found?.systemPrompt === undefined || found.userPrompt === undefined) return [];
  const where = `${experimentLabel(summary.name, summary.experimentId)}, iteration ${iteration}, ${agentId}`;
  return [
    { id: 'system-prompt', name: `System prompt (${where})`, text: found.systemPrompt },
    { id: 'user-prompt', name: `User prompt (${where})`, text: found.userPrompt },
  ];
}

async function trace({ file, summary, detail }: PaperExperiment, ask: Ask): Promise<readonly PaperText[]> {
  const [agentId] = detail.agents;
  if (agentId === undefined) return [];
  // Many runs store no events; the first few tell.
  for (const { simulationId } of detail.runs.slice(0, 3)) {
    const events = await ask(
      eventPage.about({
        fileId: file.fileId,
        simulationId,
        filter: { agentId },
        offset: 0,
        limit: traceEvents,
      }),
    );
    if (events.length === 0) continue;
    const lines = events.map(({ tick, eventType, details }) => `tick ${tick} ${eventType} ${details}`);
    const name = `First ${events.length} events of ${agentId} in run ${simulationId} (${experimentLabel(summary.name, summary.experimentId)})`;
    return [{ id: 'trace', name, text: lines.join('\n') }];
  }
  return [];
}
