import type { ExperimentConfig } from '../../domain/answers/experiments.ts';
import type { ExperimentSummary } from '../../domain/experiment/normalised.ts';
import { formatCount } from '../../lib/format.ts';
import { manyAgents } from '../../lib/manyAgents.ts';
import type { Fact } from '../../ui/FactList.tsx';

/** What the stored configuration says; acceptance rules and proposer settings are never stored (domain.md 3.7). */
export function configFacts(config: ExperimentConfig, summary: ExperimentSummary): Fact[] {
  const samples = config.numSamples === undefined ? undefined : String(config.numSamples);
  const unused = summary.evaluationMode !== undefined && summary.evaluationMode !== 'bootstrap';
  return [
    fact('description', config.description),
    fact('scenario', config.scenarioPath),
    fact('evaluation mode', config.evaluationMode),
    fact('ticks simulated', config.evaluationTicks),
    {
      ...fact('samples', samples),
      ...(unused && samples !== undefined ? { note: 'without effect in this mode' } : {}),
    },
    fact('master seed', summary.masterSeed),
    fact('iteration limit', config.maxIterations),
    fact('stability tolerance', config.stabilityThreshold),
    fact('stability window', config.stabilityWindow),
    fact('optimised agents', agentsText(config.optimizedAgents)),
    {
      label: 'acceptance rules',
      value: 'not stored',
      note: 'the reasons of the verdicts show which were on',
    },
  ];
}

function agentsText(agents: readonly string[]): string | undefined {
  const named = agents.slice(0, manyAgents).join(', ');
  const more = agents.length - manyAgents;
  return more > 0 ? `${named} and ${formatCount(more)} more` : named || undefined;
}

function fact(label: string, value: string | number | undefined): Fact {
  return { label, value: value === undefined ? 'not stored' : String(value) };
}
