import type { AgentId, SimulationId } from '../../lib/ids.ts';
import type { Cents } from '../../lib/units.ts';
import { agreeOverDays, type LongRun } from '../days.ts';
import { countValue, moneyValue, textValue, type Contradiction } from './contradiction.ts';

/** One stored run, its event, and what is stored beside it. */
export interface RunRecord {
  readonly simulationId: SimulationId;
  readonly iteration: number | undefined;
  /** The run of the policies in force; runs of proposals and samples have other costs. */
  readonly isContext: boolean;
  readonly totalCostCents: Cents | undefined;
  /** Of the iteration that it is linked to; undefined where an agent's cost is missing. */
  readonly iterationTotalCents: Cents | undefined;
  /** Agents whose costs the iteration sums. */
  readonly agents: ReadonlySet<AgentId>;
  /** Where it is longer than a day: a total may be that of the last day alone. */
  readonly days: LongRun | undefined;
  /** As its row has it; 0 stands for not known (domain.md 3.6). */
  readonly storedSeed: string | undefined;
  readonly eventSeed: string | undefined;
  /** `num_events` of its event. */
  readonly announcedEvents: number | undefined;
  readonly storedEvents: number;
}

export function runContradictions(
  run: RunRecord,
  evaluationMode: string | undefined,
): readonly Contradiction[] {
  return [...costOfIteration(run, evaluationMode), ...announcedEvents(run), ...seedOfEvent(run)];
}

function costOfIteration(run: RunRecord, mode: string | undefined): Contradiction[] {
  const { totalCostCents: total, iterationTotalCents: stored, days } = run;
  if (mode?.startsWith('deterministic') !== true || !run.isContext) return [];
  if (stored === undefined || total === undefined || stored === total) return [];
  if (days !== undefined && agreeOverDays(stored, total, days, run.agents)) return [];
  return [
    {
      code: 'run-cost',
      subject: subjectOf(run),
      stored: moneyValue(stored),
      recomputed: moneyValue(total),
      facts: {},
    },
  ];
}

function announcedEvents(run: RunRecord): Contradiction[] {
  const { announcedEvents: announced, storedEvents } = run;
  if (announced === undefined || announced === storedEvents) return [];
  return [
    {
      code: 'run-events',
      subject: subjectOf(run),
      stored: countValue(announced),
      recomputed: countValue(storedEvents),
      facts: {},
    },
  ];
}

function seedOfEvent(run: RunRecord): Contradiction[] {
  const { storedSeed, eventSeed } = run;
  if (storedSeed === undefined || eventSeed === undefined) return [];
  if (storedSeed === '0' || storedSeed === eventSeed) return [];
  return [
    {
      code: 'run-seed',
      subject: subjectOf(run),
      stored: textValue(storedSeed),
      recomputed: textValue(eventSeed),
      facts: {},
    },
  ];
}

function subjectOf({ iteration, simulationId }: RunRecord): Contradiction['subject'] {
  return { iteration, simulationId };
}

/** The seed of one comparison, and the one that the configuration gives. */
export interface SeedRecord {
  readonly iteration: number;
  readonly agentId: AgentId;
  readonly storedSeed: string;
  readonly derivedSeed: string;
}

/**
 * Seeds of comparisons against master seed, iteration and agent (domain.md 4.4). Writers of other eras take other
 * seeds, so that one is wrong only where most of the experiment's are made this way.
 */
export function seedContradictions(seeds: readonly SeedRecord[]): readonly Contradiction[] {
  const wrong = seeds.filter(({ storedSeed, derivedSeed }) => storedSeed !== derivedSeed);
  if (wrong.length * 2 >= seeds.length) return [];
  return wrong.map(({ iteration, agentId, storedSeed, derivedSeed }) => ({
    code: 'scenario-seed',
    subject: { iteration, agentId },
    stored: textValue(storedSeed),
    recomputed: textValue(derivedSeed),
    facts: {},
  }));
}
