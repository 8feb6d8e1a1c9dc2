import type { RunCheckResult, Violation } from '../answers/resimulation.ts';
import { formatCount, plural } from '../../lib/format.ts';
import type { HealthCheck, HealthRow, HealthSection, HealthOutcome } from './report.ts';
import { type HealthFacts, isMoneyColumn } from './facts.ts';
import { cellRow } from './sections.ts';

type Invariant = Violation['invariant'];

const titles: Readonly<Record<Invariant, string>> = {
  'INV-1': 'INV-1: money is whole cents',
  'INV-2': 'INV-2: a run repeats itself',
  'INV-5': 'INV-5: a run comes out as stored',
  'INV-6': 'INV-6: events tell everything',
};

const compares: Readonly<Record<Invariant, string>> = {
  'INV-1': 'types of money columns, costs, amounts in events of runs that are simulated again',
  'INV-2': 'events of the stored run against a run of the same seed, scenario and policies',
  'INV-5': 'each stored event against the one that comes out now, in the same order',
  'INV-6': 'balances, queues, costs, payments and totals as stored, against the events alone',
};

const outcomeOrder: readonly HealthOutcome[] = ['contradiction', 'unreadable', 'not-run', 'ok', 'unknown'];
const worstOf = (outcomes: readonly HealthOutcome[]): HealthOutcome =>
  outcomeOrder.find((outcome) => outcomes.includes(outcome)) ?? 'unknown';

/** Promises of the simulator by name (domain.md 7.5): the first of every file, the others by simulating again. */
export function invariantSection(facts: HealthFacts, again: readonly RunCheckResult[]): HealthSection {
  const money = wholeMoney(facts, again);
  const checks = [money.check, ...simulatedAgain(facts, again)];
  const count = checks.reduce((sum, check) => sum + check.count, 0);
  const named = (outcome: HealthOutcome) =>
    checks.flatMap((check) => (check.outcome === outcome ? [check.code] : []));
  const broken = checks.flatMap(({ code, count }) => (count > 0 ? [code] : []));
  const [held, left] = [named('ok'), [...named('not-run'), ...named('unknown')]];
  const verb = (names: readonly string[], one: string, many: string) =>
    `${names.join(', ')} ${names.length === 1 ? one : many}`;
  return {
    code: 'invariants',
    title: 'Invariants',
    outcome: worstOf(checks.map(({ outcome }) => outcome)),
    words:
      broken.length > 0
        ? verb(broken, 'is broken', 'are broken')
        : held.length === checks.length
          ? 'all hold'
          : held.length > 0
            ? verb(held, 'holds', 'hold')
            : 'unknown',
    detail:
      left.length === 0
        ? 'runs simulated again, and their events replayed'
        : `${left.join(', ')}: ${whyLeft(facts)}`,
    tested: `${formatCount(checks.length - left.length)} of ${formatCount(checks.length)}`,
    count,
    ownCount: count - money.elsewhere,
    checks,
  };
}

const whyLeft = ({ runs, labRuns }: HealthFacts): string =>
  runs.length === 0 ? 'no runs' : labRuns.length === 0 ? 'no run of Iterscope’s lab' : 'on request';

/** `elsewhere`: records of types and cells, which stand and count among schema and unreadable cells too. */
function wholeMoney(
  { schema, unreadable, recorded }: HealthFacts,
  again: readonly RunCheckResult[],
): { readonly check: HealthCheck; readonly elsewhere: number } {
  const types = schema.fractionalMoney.map((sentence) => ({
    subject: '',
    sentence: `${sentence}.`,
  }));
  const cells = unreadable.cells
    .filter(({ table, column, stored }) => stored !== undefined && isMoneyCell(`${table}.${column}`, stored))
    .map((cell) => cellRow(cell));
  const inRuns = violationRows('INV-1', again);
  const rows = [...types, ...cells, ...inRuns];
  // Costs of iterations stand in a column of JSON.
  const columns = schema.moneyColumns + (recorded.iterations > 0 ? 1 : 0);
  const outcome =
    types.length + inRuns.length > 0
      ? 'contradiction'
      : cells.length > 0
        ? 'unreadable'
        : columns > 0
          ? 'ok'
          : 'unknown';
  const check = {
    ...named('INV-1', outcome, rows),
    words: rows.length > 0 ? plural(rows.length, 'exception') : columns > 0 ? 'holds' : 'no money recorded',
    tested: plural(columns, 'column'),
  };
  return { check, elsewhere: types.length + cells.length };
}

/** Costs of iterations stand in JSON; a text that is no number at all is no amount. */
function isMoneyCell(name: string, stored: string): boolean {
  const isMoney = name === 'experiment_iterations.costs_per_agent' || isMoneyColumn(name);
  return isMoney && /^[+-]?(\d|\.\d|nan|inf)/i.test(stored);
}

function simulatedAgain(
  { runs, labRuns }: HealthFacts,
  again: readonly RunCheckResult[],
): readonly HealthCheck[] {
  const different = again.flatMap(({ simulationId, resimulation }): HealthRow[] =>
    resimulation.kind === 'different'
      ? [
          {
            simulationId,
            subject: `run ${simulationId}`,
            sentence: `Event ${formatCount(resimulation.first.index)}, counted from 0, in tick ${formatCount(resimulation.first.tick)} is the first that differs.`,
          },
        ]
      : [],
  );
  const identical = again.filter(({ resimulation }) => resimulation.kind === 'identical').length;
  const compared = identical + different.length;
  const replayed = again.filter(({ events }) => events > 0).length;
  const of = (code: Invariant, tested: number, rows: readonly HealthRow[]): HealthCheck => {
    const isDone = again.length >= labRuns.length;
    const outcome =
      rows.length > 0
        ? 'contradiction'
        : labRuns.length === 0
          ? 'unknown'
          : !isDone
            ? 'not-run'
            : tested > 0
              ? 'ok'
              : 'unknown';
    const words =
      rows.length > 0
        ? plural(rows.length, 'exception')
        : labRuns.length === 0
          ? runs.length === 0
            ? 'no runs'
            : 'no run of the lab'
          : !isDone
            ? `${formatCount(again.length)} of ${plural(labRuns.length, 'run')} simulated again`
            : tested > 0
              ? 'holds'
              : 'cannot be simulated again';
    return { ...named(code, outcome, rows), words, tested: plural(tested, 'run') };
  };
  return [
    // A run that comes out otherwise does not tell whether its seed or its rows changed.
    of('INV-2', identical, []),
    of('INV-5', compared, different),
    of('INV-6', replayed, violationRows('INV-6', again)),
  ];
}

function violationRows(invariant: Invariant, again: readonly RunCheckResult[]): readonly HealthRow[] {
  return again.flatMap(({ simulationId, violations }) =>
    violations
      .filter((violation) => violation.invariant === invariant)
      .map(({ message }) => ({ simulationId, subject: `run ${simulationId}`, sentence: `${message}.` })),
  );
}

function named(code: Invariant, outcome: HealthOutcome, rows: readonly HealthRow[]) {
  return { code, title: titles[code], outcome, detail: compares[code], count: rows.length, rows };
}
