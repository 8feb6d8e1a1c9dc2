import { parseSimulationId, type ExperimentId, type SimulationId, type AgentId } from '../lib/ids.ts';
import { sql, type Sql } from '../lib/sql.ts';
import type { LinkedRun, RunLink } from './experiment/normalised.ts';

/** A row of a run, as stored. */
export interface StoredRun extends Omit<LinkedRun, 'iteration' | 'linkedBy' | 'seed'> {
  /** Its own iteration column. */
  readonly iteration: number | undefined;
  /** 0 stands for "not known" in every B file (domain.md 0.8). */
  readonly seed: bigint | undefined;
}

/** A `simulation_run` event. */
export interface RunEvent {
  readonly simulationId: SimulationId;
  /** Of the row; 0 also when the writer knew none (domain.md 3.6). */
  readonly iteration: number;
  readonly purpose: string | undefined;
  /** The true seed. */
  readonly seed: bigint | undefined;
}

/** What one experiment's file tells about its simulation runs. */
export interface RunEvidence {
  readonly experimentId: ExperimentId;
  readonly runs: readonly StoredRun[];
  readonly events: readonly RunEvent[];
  /** `experiment_iterations.evaluation_simulation_id`, by run. */
  readonly evaluationIterations: ReadonlyMap<SimulationId, number>;
  /** Seed of each iteration for the first optimised agent; empty when it cannot be computed. */
  readonly iterationSeeds: readonly { readonly iteration: number; readonly seed: bigint }[];
  /** Highest stored iteration, -1 without any. */
  readonly lastIteration: number;
}

interface Link {
  readonly iteration: number | undefined;
  readonly linkedBy: RunLink;
}

interface Candidate {
  readonly run: StoredRun;
  readonly name: RunName | undefined;
  readonly event: RunEvent | undefined;
  readonly purpose: string | undefined;
  readonly link: Link;
}

const unlinked: Link = { iteration: undefined, linkedBy: 'none' };

/**
 * Matches each run of an experiment to its iteration, most trusted evidence first (domain.md 3.6): a column,
 * the seed of its event, the event's own iteration unless 0, a structured id, and last the order of ids.
 */
export function linkRuns(evidence: RunEvidence): LinkedRun[] {
  const events = new Map(evidence.events.map((event) => [event.simulationId, event]));
  const bySeed = iterationsBySeed(evidence);
  const candidates = evidence.runs.map((run): Candidate => {
    const name = readRunName(run.simulationId, evidence.experimentId);
    const event = events.get(run.simulationId);
    const purpose = commonPurpose(run.purpose ?? event?.purpose ?? name?.purpose);
    return { run, name, event, purpose, link: directLink(run, event, name, evidence, bySeed) };
  });
  const ordered = linksByOrder(candidates, evidence.lastIteration);
  const strayEvents = eventsOfOtherIds(evidence, bySeed);
  return candidates
    .map((candidate) => linkedRun(candidate, ordered.get(candidate.run.simulationId), strayEvents))
    .sort(byIterationThenId);
}

function directLink(
  run: StoredRun,
  event: RunEvent | undefined,
  name: RunName | undefined,
  evidence: RunEvidence,
  bySeed: ReadonlyMap<bigint, number>,
): Link {
  const column = run.iteration ?? evidence.evaluationIterations.get(run.simulationId);
  if (column !== undefined) return { iteration: column, linkedBy: 'column' };
  const seeded = event?.seed === undefined ? undefined : bySeed.get(event.seed);
  if (seeded !== undefined) return { iteration: seeded, linkedBy: 'seed' };
  if (event !== undefined && event.iteration > 0) return { iteration: event.iteration, linkedBy: 'event' };
  if (name?.iteration !== undefined) return { iteration: name.iteration, linkedBy: 'id' };
  return unlinked;
}

/** Seeds that belong to exactly one iteration. */
function iterationsBySeed({ iterationSeeds }: RunEvidence): ReadonlyMap<bigint, number> {
  const found = new Map<bigint, number>();
  const repeated = new Set<bigint>();
  for (const { iteration, seed } of iterationSeeds) {
    if (found.has(seed)) repeated.add(seed);
    found.set(seed, iteration);
  }
  for (const seed of repeated) found.delete(seed);
  return found;
}

/**
 * The n-th primary run is iteration n - 1. Primary are context runs and evaluations without an iteration of
 * their own; bootstrap samples and stored pair comparisons (which have one) do not count. An iteration that
 * another primary run holds by better evidence is not given away, nor one beyond what the run can have reached.
 */
function linksByOrder(candidates: readonly Candidate[], lastIteration: number): ReadonlyMap<string, Link> {
  const primary = candidates
    .filter(isPrimary)
    .sort((a, b) => (a.name?.counter ?? 0) - (b.name?.counter ?? 0));
  const taken = new Set(primary.map(({ link }) => link.iteration));
  const links = new Map<string, Link>();
  for (const [position, { run, link }] of primary.entries()) {
    if (link.linkedBy !== 'none' || taken.has(position) || position > lastIteration + 1) continue;
    links.set(run.simulationId, { iteration: position, linkedBy: 'order' });
  }
  return links;
}

function isPrimary({ run, name, purpose }: Candidate): boolean {
  if (name?.counter === undefined) return false;
  return purpose === 'initial' || (purpose === 'evaluation' && run.iteration === undefined);
}

/**
 * Events whose run is stored under another id (schema A renames runs), by the iteration that their seed
 * names, unless several claim the same one.
 */
function eventsOfOtherIds(
  evidence: RunEvidence,
  bySeed: ReadonlyMap<bigint, number>,
): ReadonlyMap<number, RunEvent> {
  const stored = new Set(evidence.runs.map((run) => run.simulationId));
  const found = new Map<number, RunEvent>();
  const repeated = new Set<number>();
  for (const event of evidence.events) {
    const iteration = event.seed === undefined ? undefined : bySeed.get(event.seed);
    if (iteration === undefined || stored.has(event.simulationId)) continue;
    if (found.has(iteration)) repeated.add(iteration);
    found.set(iteration, event);
  }
  for (const iteration of repeated) found.delete(iteration);
  return found;
}

function linkedRun(
  { run, name, event, purpose, link: direct }: Candidate,
  ordered: Link | undefined,
  strayEvents: ReadonlyMap<number, RunEvent>,
): LinkedRun {
  const { iteration, linkedBy } = ordered ?? direct;
  const stray = iteration === undefined ? undefined : strayEvents.get(iteration);
  const renamed = commonPurpose(stray?.purpose) === purpose ? stray : undefined;
  const stored = run.seed === 0n ? undefined : run.seed;
  return {
    simulationId: run.simulationId,
    iteration,
    linkedBy,
    purpose,
    sampleIndex: run.sampleIndex ?? name?.sample,
    seed: (event?.seed ?? stored ?? renamed?.seed)?.toString(),
    ticksPerDay: run.ticksPerDay,
    dayCount: run.dayCount,
    arrivals: run.arrivals,
    settlements: run.settlements,
    totalCostCents: run.totalCostCents,
    status: run.status,
  };
}

function byIterationThenId(a: LinkedRun, b: LinkedRun): number {
  const order = (a.iteration ?? Infinity) - (b.iteration ?? Infinity);
  if (order !== 0 && !Number.isNaN(order)) return order;
  return a.simulationId.localeCompare(b.simulationId, 'en', { numeric: true });
}

/** What the id of a run says, where it is one of the two known forms and names this experiment. */
interface RunName {
  readonly purpose: string;
  /** From `{experiment}-iter{N}-{purpose}` (schema A). */
  readonly iteration?: number;
  readonly sample?: number;
  /** From `{experiment}-sim-{counter}-{purpose}` (schema B): rises with each simulation, stored or not. */
  readonly counter?: number;
}

const counted = /^(?<counter>[0-9]+)-(?<purpose>[a-z_]+)$/;

/** The exact `-sim-` separator: a prefix alone could be that of a longer experiment id (domain.md 11.24). */
function readRunName(simulationId: string, experiment: ExperimentId): RunName | undefined {
  const prefix = `${experiment}-sim-`;
  if (simulationId.startsWith(prefix)) {
    const groups = counted.exec(simulationId.slice(prefix.length))?.groups;
    if (groups?.purpose === undefined) return undefined;
    return { counter: Number(groups.counter), purpose: groups.purpose };
  }
  const parts = parseSimulationId(simulationId);
  if (parts?.experimentId !== experiment) return undefined;
  const { iteration, purpose, sample } = parts;
  return sample === undefined ? { iteration, purpose } : { iteration, purpose, sample };
}

const commonWords = new Map([
  ['init', 'initial'],
  ['initial_bootstrap', 'initial'],
  ['eval', 'evaluation'],
]);

/** One vocabulary for both schemas (domain.md 8); words that are not known stay as they are. */
function commonPurpose(stored: string | undefined): string | undefined {
  return stored === undefined ? undefined : (commonWords.get(stored) ?? stored);
}

/** Up to here the seed of every iteration is hashed, stored or not: a run can stand beside a row that is lost. */
const hashedWithoutGaps = 20_000;

/**
 * Digests behind the iteration seeds 0 to `lastIteration` (domain.md 4.4), of late ones only those that `stored`
 * (a table of `iteration`) names and the one after each: a file may jump to iteration 2,000,000,000. Hashed by the engine: the first
 * eight hex digits of SHA-256("{master}:iter:{k}:agent:{agent}"). The browser's own digest is not at hand
 * where a page is served without TLS.
 */
export function seedDigests(masterSeed: string, agent: AgentId, lastIteration: number, stored: Sql): Sql {
  const text = sql`concat(${masterSeed}, ':iter:', k, ':agent:', ${agent}::VARCHAR)`;
  return sql`SELECT k::INTEGER AS iteration, left(sha256(${text}), 8) AS digest
    FROM (SELECT range AS k FROM range(${Math.min(lastIteration + 1, hashedWithoutGaps)})
      UNION SELECT unnest([iteration::BIGINT, iteration + 1]) FROM (${stored})
        WHERE iteration + 1 >= ${hashedWithoutGaps}) WHERE k < 2147483648 ORDER BY k`;
}

/** Four bytes, big endian, mod 2^31: fits a signed 32-bit integer. */
export function seedOfDigest(digest: string): bigint {
  return BigInt(`0x${digest}`) % 2n ** 31n;
}
