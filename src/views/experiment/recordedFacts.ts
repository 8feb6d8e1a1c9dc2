import type { OpenFile } from '../../data/session/state.ts';
import { formatCount, formatSeconds } from '../../lib/format.ts';
import type { ExperimentFacts } from '../../domain/answers/experiments.ts';
import type { Fact } from '../../ui/FactList.tsx';
import { type ExperimentDetail, dialectWords } from '../../domain/experiment/normalised.ts';

/** What the file holds for this experiment; what it does not hold is named, with the reason where one is known. */
export function recordedFacts(file: OpenFile, facts: ExperimentFacts, detail: ExperimentDetail): Fact[] {
  const { recorded } = facts;
  const words = facts.promptWords + facts.responseWords;
  return [
    { label: 'layout', value: file.dialects.map((dialect) => dialectWords[dialect]).join(', ') },
    { label: 'written by', value: `DuckDB ${file.writerVersion.replace(/^v/, '')}` },
    { label: 'iterations', value: formatCount(recorded.iterations) },
    {
      label: 'evaluations',
      value: countOrNone(recorded.evaluations),
      ...(recorded.evaluations === 0 ? { note: noEvaluations(file, detail) } : {}),
    },
    {
      label: 'samples',
      value: countOrNone(recorded.samples),
      ...(recorded.samples === 0 ? { note: 'no interval of a saving can be computed' } : {}),
    },
    {
      label: 'exchanges with the proposer',
      value: countOrNone(recorded.exchanges),
      ...(recorded.exchanges === 0
        ? {}
        : {
            note: `${formatCount(words)} words (stored as tokens), ${formatSeconds(facts.latencySeconds)} of waiting`,
          }),
    },
    {
      label: 'simulation runs',
      value: countOrNone(recorded.runs),
      ...(recorded.runs === 0 ? { note: noRuns(file) } : {}),
    },
    { label: 'simulation events', value: countOrNone(recorded.simulationEvents) },
  ];
}

function countOrNone(count: number): string {
  return count === 0 ? 'none' : formatCount(count);
}

function noEvaluations(file: OpenFile, detail: ExperimentDetail): string {
  const how = detail.proposals.length === 0 ? '' : '; verdicts are derived from the next iteration';
  const why = file.dialects.some((dialect) => dialect === 'A1' || dialect === 'A2' || dialect === 'B-V2')
    ? 'this layout has no table for them'
    : 'this mode, or this run, stored none';
  return why + how;
}

function noRuns(file: OpenFile): string {
  return file.dialects.some((dialect) => dialect === 'B-V5' || dialect === 'A1')
    ? 'none was stored for this experiment'
    : 'this layout has no tables for them';
}
