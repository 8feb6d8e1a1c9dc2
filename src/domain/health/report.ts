import { formatCount, plural } from '../../lib/format.ts';
import type { AgentId, ExperimentId, SimulationId } from '../../lib/ids.ts';
import { sentenceFor } from './sentence.ts';
import type { RunCheckResult } from '../answers/resimulation.ts';
import type { HealthFacts, HealthFile, RunHealth } from './facts.ts';
import { invariantSection } from './invariants.ts';
import {
  contradictionSection,
  runSection,
  schemaSection,
  unreadableSection,
  verdictSection,
} from './sections.ts';

/** The contract's outcomes of a check (docs/url-format.md). */
export type HealthOutcome = 'ok' | 'contradiction' | 'unreadable' | 'unknown' | 'not-run';

/** One offending record. */
export interface HealthRow {
  /** Where it can be looked at; all undefined: it has no page of its own. */
  readonly experimentId?: ExperimentId | undefined;
  readonly iteration?: number | undefined;
  readonly agentId?: AgentId | undefined;
  readonly simulationId?: SimulationId | undefined;
  /** What it is about, in words. */
  readonly subject: string;
  /** The value that the file has, and what another record of it gives. */
  readonly stored?: string | undefined;
  readonly expected?: string | undefined;
  readonly sentence: string;
}

/** One check of a section. */
export interface HealthCheck {
  /** Stable: scripts name it. */
  readonly code: string;
  readonly title: string;
  readonly outcome: HealthOutcome;
  /** The outcome in a few words: `2 rows`. */
  readonly words: string;
  /** What was compared with what. */
  readonly detail: string;
  /** `6 proposals`. */
  readonly tested: string;
  /** Offending records; `rows` may list fewer. */
  readonly count: number;
  readonly rows: readonly HealthRow[];
}

/** A group of checks with what they come to. */
export interface HealthSection extends Omit<HealthCheck, 'rows'> {
  readonly checks: readonly HealthCheck[];
  /** Offending records that no other section counts, where those are fewer than `count`. */
  readonly ownCount?: number;
}

/** A file in one word. */
export interface HealthWord {
  /** Of all sections; `not-run`: what was looked at is sound, and some of it was not looked at. */
  readonly outcome: HealthOutcome;
  /** `Consistent`, `6 contradictions`. */
  readonly words: string;
}

/** How far one file can be trusted. */
export interface HealthReport extends HealthWord {
  readonly file: HealthFile;
  readonly sections: readonly HealthSection[];
  /** For a paper: what was checked and what came of it, in full sentences. */
  readonly sentence: string;
  readonly recorded: Recorded;
}

/** What the file records, what it does not, and what cannot be shown because of it. */
interface Recorded {
  readonly yes: readonly string[];
  readonly no: readonly string[];
  readonly reduced: readonly string[];
}

/**
 * The report of a file from what was found in it. Pure: screen, command line and exports say the same.
 *
 * @param runs what the checks of the runs gave; undefined while they were not made.
 * @param again what came of simulating runs of our lab again, as far as that was done.
 */
export function buildHealthReport(
  file: HealthFile,
  facts: HealthFacts,
  runs: readonly RunHealth[] | undefined,
  again: readonly RunCheckResult[],
): HealthReport {
  const sections = sectionsOf(facts, runs, again);
  return {
    file,
    ...summaryOf(sections),
    sections,
    sentence: sentenceFor(facts, runs, again),
    recorded: recordedOf(facts),
  };
}

function sectionsOf(
  facts: HealthFacts,
  runs: readonly RunHealth[] | undefined,
  again: readonly RunCheckResult[],
): readonly HealthSection[] {
  return [
    runSection(facts, runs),
    verdictSection(facts),
    contradictionSection(facts),
    unreadableSection(facts),
    schemaSection(facts),
    invariantSection(facts, again),
  ];
}

/** What lists say of a file, whose runs were not looked into. */
export function summarise(facts: HealthFacts): HealthWord {
  return summaryOf(sectionsOf(facts, undefined, []));
}

function summaryOf(sections: readonly HealthSection[]): HealthWord {
  const having = (outcome: HealthOutcome) => sections.filter((section) => section.outcome === outcome);
  const sum = (some: readonly HealthSection[]) =>
    some.reduce((total, { count, ownCount = count }) => total + ownCount, 0);
  const [ofContents, ofSchema] = [
    having('contradiction').filter(({ code }) => tellsOfContents.has(code)),
    having('contradiction').filter(({ code }) => !tellsOfContents.has(code)),
  ].map(sum);
  if (ofContents !== undefined && ofContents > 0)
    return { outcome: 'contradiction', words: plural(ofContents, 'contradiction') };
  if (ofSchema !== undefined && ofSchema > 0)
    return { outcome: 'contradiction', words: `${plural(ofSchema, 'difference')} of schema` };
  const unreadable = sum(having('unreadable'));
  if (unreadable > 0) return { outcome: 'unreadable', words: `${formatCount(unreadable)} unreadable` };
  if (having('not-run').length > 0) return { outcome: 'not-run', words: 'Consistent so far' };
  // That money is whole cents says nothing of how much it should be.
  const isTested = sections.some(
    ({ code, outcome }) => outcome === 'ok' && tellsOfContents.has(code) && code !== 'invariants',
  );
  return isTested
    ? { outcome: 'ok', words: 'Consistent' }
    : { outcome: 'unknown', words: 'Nothing to check' };
}

/** That columns are there and cells can be read says nothing of what they say. */
const tellsOfContents: ReadonlySet<string> = new Set(['runs', 'verdicts', 'contradictions', 'invariants']);

function recordedOf({ recorded, experiments }: HealthFacts): Recorded {
  const { iterations, evaluations, exchanges, samples, runs, events } = recorded;
  const kinds: readonly (readonly [number, string])[] = [
    [experiments.length, 'experiment'],
    [iterations, 'iteration'],
    [evaluations, 'evaluation'],
    [samples, 'sample'],
    [exchanges, 'exchange'],
    [runs, 'run'],
    [events, 'event'],
  ];
  const reduced: string[] = [];
  if (experiments.length > 0 && evaluations === 0)
    reduced.push('verdicts are derived from policies and exchanges; costs of proposals are not known');
  if (events === 0) reduced.push('replay, payments and balances');
  return {
    yes: kinds.filter(([number]) => number > 0).map(([number, word]) => plural(number, word)),
    no: kinds.filter(([number]) => number === 0).map(([, word]) => `${word}s`),
    reduced,
  };
}
