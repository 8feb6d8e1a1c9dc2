/** What is known of a file before it is judged: the input of the report. */
import type { ExperimentId, SimulationId } from '../../lib/ids.ts';
import {
  compareSchema,
  describeProblem,
  tableOrigin,
  type ActualSchema,
  type ActualTable,
} from '../../schema/compareSchema.ts';
import { explainDifference } from '../../schema/differences.ts';
import { moneyColumns, tables as models } from '../../schema/tables.ts';
import { checkRules } from '../acceptance/check.ts';
import { conclude, type Conclusion } from '../acceptance/conclude.ts';
import type { ConsistencyCheck } from '../answers/runs.ts';
import type { Contradiction } from '../contradictions/contradiction.ts';
import type { ExperimentRecords, TestedRecords } from '../contradictions/find.ts';
import type { Dialect, ExperimentStatus } from '../experiment/normalised.ts';
import type { UnreadableReport } from '../unreadable.ts';

/** The file itself, as the opener knows it. */
export interface HealthFile {
  readonly name: string;
  /** Undefined where a host hides it. */
  readonly sizeBytes: number | undefined;
  readonly dialects: readonly Dialect[];
  /** As the writer named itself, e.g. `v1.5.6`; empty where it did not. */
  readonly writerVersion: string;
  readonly withLog: boolean;
  /** As its header has it, e.g. `64`. */
  readonly storageVersion: string;
  /** Eight hex digits over size, head and block checksums; undefined where a host did not give these. */
  readonly fingerprint: string | undefined;
  /** Eight hex digits over size and head alone. */
  readonly headFingerprint: string;
}

/** What the acceptance rules say of the verdicts of one experiment. */
export interface VerdictTally {
  readonly follow: number;
  readonly contradict: number;
  /** Samples behind the verdicts that were recomputed. */
  readonly samples: number;
  /** Accepted or rejected, and not to be recomputed, by the cause. */
  readonly untold: ReadonlyMap<Extract<Conclusion, { kind: 'cannot tell' }>['why'], number>;
  /** Turned down before any evaluation. */
  readonly invalid: number;
  readonly noChange: number;
  readonly pending: number;
}

/** One experiment with what was found in it. */
export interface ExperimentHealth {
  readonly experimentId: ExperimentId;
  readonly status: ExperimentStatus;
  readonly iterations: number;
  readonly verdicts: VerdictTally;
  readonly tested: TestedRecords;
  readonly found: readonly Contradiction[];
}

/** Rows of each kind that the file holds. */
export interface RecordedCounts {
  readonly iterations: number;
  readonly evaluations: number;
  readonly exchanges: number;
  readonly samples: number;
  readonly runs: number;
  readonly events: number;
}

/** How the tables differ from what they should be. */
export interface SchemaFacts {
  readonly tables: number;
  readonly columns: number;
  /** A sentence each: what keeps the file from being what it says it is. */
  readonly violations: readonly string[];
  /** A sentence each: what stands beside it and does no harm. */
  readonly notes: readonly string[];
  /** Whether every difference from the unified schema was looked for; of other layouts only what is read is known. */
  readonly isCompared: boolean;
  /** Columns that hold an amount of money of its own, and those whose type is none of whole numbers. */
  readonly moneyColumns: number;
  readonly fractionalMoney: readonly string[];
}

/** Everything that a statement or two find; the inside of the runs is asked apart, as it takes long. */
export interface HealthFacts {
  readonly recorded: RecordedCounts;
  readonly experiments: readonly ExperimentHealth[];
  readonly unreadable: UnreadableReport;
  readonly schema: SchemaFacts;
  readonly runs: readonly SimulationId[];
  /** Those that bear the mark of our lab: they can be simulated again. */
  readonly labRuns: readonly SimulationId[];
}

/** The checks of one run; undefined where the file knows no such run any more. */
export interface RunHealth {
  readonly simulationId: SimulationId;
  readonly checks: readonly ConsistencyCheck[] | undefined;
}

/** Holds every verdict of an experiment against the rules that were in force. */
export function tallyVerdicts({ proposals, rules, samplesOf }: ExperimentRecords): VerdictTally {
  const untold = new Map<Extract<Conclusion, { kind: 'cannot tell' }>['why'], number>();
  let [follow, contradict, samples] = [0, 0, 0];
  const of = (verdict: string) => proposals.filter((proposal) => proposal.verdict === verdict).length;
  for (const proposal of proposals) {
    if (proposal.verdict !== 'accepted' && proposal.verdict !== 'rejected') continue;
    const stored = samplesOf(proposal);
    const conclusion = conclude(proposal, rules, checkRules(proposal, rules, stored));
    if (conclusion.kind === 'cannot tell') {
      untold.set(conclusion.why, (untold.get(conclusion.why) ?? 0) + 1);
      continue;
    }
    if (conclusion.kind === 'follows') follow += 1;
    else contradict += 1;
    samples += stored?.count ?? 0;
  }
  const others = { invalid: of('invalid'), noChange: of('no_change'), pending: of('pending') };
  return { follow, contradict, samples, untold, ...others };
}

/** Of every layout; the last one is of the run_id layout alone. */
const moneyNames: ReadonlySet<string> = new Set([
  ...moneyColumns.map(({ table, column }) => `${table}.${column}`),
  'simulations.total_cost_cents',
]);

/** Whether `table.column` holds one amount of money. */
export const isMoneyColumn = (name: string): boolean => moneyNames.has(name);

/** The run_id layout stores costs of evaluations in 32 bits (domain.md 0.12): a habit, and whole cents all the same. */
const wholeTypes: ReadonlySet<string> = new Set(['BIGINT', 'INTEGER', 'SMALLINT', 'HUGEINT']);

/** Tables of layouts that are read, besides those of the unified schema. */
const readElsewhere: ReadonlySet<string> = new Set(['experiments', 'simulations', 'simulation_runs']);

/**
 * Holds the tables of a file against what is read of them and, where it claims to be of the unified schema, against
 * every model of it. Known differences of the reference's own writer are none (`layoutDifferences`).
 */
export function judgeSchema(
  stored: ActualSchema,
  missingColumns: readonly string[],
  isUnified: boolean,
): SchemaFacts {
  const actual = stored.map(inLowerCase);
  const has = (table: string): boolean => actual.some(({ name }) => name === table);
  const lacking = [
    // Every layout of experiments writes both (domain.md 5.1, 5.2); the unified one is compared table by table below.
    ...(!isUnified && has('experiments') && !has('experiment_iterations')
      ? ['table experiment_iterations is missing']
      : []),
    ...missingColumns.map((name) => `column ${name} is missing`),
  ];
  const money = actual.flatMap(({ name, columns }) =>
    columns
      .filter((column) => isMoneyColumn(`${name}.${column.name}`))
      .map((column) => ({ type: column.type, name: `${name}.${column.name}` })),
  );
  const fractional = money
    .filter(({ type }) => !wholeTypes.has(type))
    .map(({ name, type }) => `column ${name} is ${type}: money is a whole number of cents`);
  const problems = isUnified
    ? compareSchema(models, actual).filter((problem) => explainDifference(problem) === undefined)
    : [];
  const blocking = problems.filter((problem) => problem.blocking);
  const unread = isUnified ? [] : unreadTables(actual);
  return {
    tables: actual.length,
    columns: actual.reduce((sum, { columns }) => sum + columns.length, 0),
    violations: [
      ...new Set([...lacking, ...(isUnified ? [] : fractional), ...blocking.map(describeProblem)]),
    ],
    notes: [...problems.filter((problem) => !problem.blocking).map(describeProblem), ...unread],
    isCompared: isUnified,
    moneyColumns: money.length,
    fractionalMoney: fractional,
  };
}

/** As DuckDB compares names. */
function inLowerCase(table: ActualTable): ActualTable {
  const columns = table.columns.map((column) => ({ ...column, name: column.name.toLowerCase() }));
  return { ...table, name: table.name.toLowerCase(), columns };
}

/** Tables beside those that are read: given up, of an older layout, or a stranger's. */
function unreadTables(actual: ActualSchema): readonly string[] {
  const known = new Set([...models.map(({ name }) => name), ...readElsewhere]);
  return actual
    .map(({ name }) => name)
    .filter((name) => !known.has(name))
    .map((name) => {
      const origin = tableOrigin(name);
      return origin === 'unknown'
        ? `table ${name} is not read`
        : `table ${name} is not read: ${origin === 'dead' ? 'given up by its writer' : 'of an older layout'}`;
    });
}
