import type { ConsistencyCheck } from '../answers/runs.ts';
import {
  doesNotFollow,
  type Contradiction,
  type ContradictionCode,
} from '../contradictions/contradiction.ts';
import { contradictionRules } from '../contradictions/rules.ts';
import { comparedWords, contradictionSentence, subjectWords } from '../contradictions/sentences.ts';
import { formatCount, plural } from '../../lib/format.ts';
import { groupBy } from '../../lib/groupBy.ts';
import { agentId, experimentId, simulationId } from '../../lib/ids.ts';
import type { UnreadableCell } from '../unreadable.ts';
import type { ExperimentHealth, HealthFacts, RunHealth } from './facts.ts';
import type { HealthCheck, HealthRow, HealthSection, HealthOutcome } from './report.ts';
import { totalsOf } from './sentence.ts';

/** The inside of every run: costs, money, balances, counts, stored rows per tick and day. */
export function runSection(
  { runs: all }: HealthFacts,
  runs: readonly RunHealth[] | undefined,
): HealthSection {
  const section = { code: 'runs', title: 'Runs', tested: plural(all.length, 'run') };
  const compared = 'costs, money conserved, balances, counts, rows stored per tick and day';
  if (all.length === 0)
    return { ...section, outcome: 'unknown', words: 'none recorded', detail: compared, count: 0, checks: [] };
  if (runs === undefined || runs.length === 0)
    return {
      ...section,
      outcome: 'not-run',
      words: 'not checked yet',
      detail: compared,
      count: 0,
      checks: [],
    };
  const checks = runChecks(runs);
  const { consistent, differing, unreadable, gaps } = totalsOf(runs);
  const isWhole = runs.length >= all.length;
  const outcome: HealthOutcome =
    differing > 0
      ? 'contradiction'
      : !isWhole
        ? 'not-run'
        : unreadable > 0
          ? 'unreadable'
          : consistent > 0
            ? 'ok'
            : 'unknown';
  const words = !isWhole
    ? `${formatCount(runs.length)} of ${formatCount(all.length)} checked`
    : outcome === 'unknown'
      ? 'nothing to compare'
      : `${formatCount(consistent)} of ${formatCount(all.length)} consistent`;
  const detail =
    gaps === 0
      ? compared
      : `${compared}; ${plural(gaps, 'run')} with a gap that its writer is known to leave`;
  return { ...section, outcome, words, detail, count: differing > 0 ? differing : unreadable, checks };
}

/** What `num_events` says is held against the events among the contradictions already. */
const besideRuns: ReadonlySet<string> = new Set(['event-count']);

function runChecks(runs: readonly RunHealth[]): readonly HealthCheck[] {
  const checked = runs.flatMap((run) =>
    (run.checks ?? []).filter(({ id }) => !besideRuns.has(id)).map((check) => ({ run, check })),
  );
  return [...groupBy(checked, ({ check }) => check.id)].map(([code, all]) => {
    const having = (outcome: ConsistencyCheck['outcome']) =>
      all.filter(({ check }) => check.outcome === outcome);
    const tested = all.length - having('not recorded').length;
    const differing = having('differs');
    const unreadable = having('unreadable');
    const offending = [...differing, ...unreadable];
    const outcome: HealthOutcome =
      differing.length > 0
        ? 'contradiction'
        : unreadable.length > 0
          ? 'unreadable'
          : tested > 0
            ? 'ok'
            : 'unknown';
    const gaps = having('known gap').length;
    return {
      code,
      title: runTitles[code] ?? code,
      outcome,
      words:
        tested === 0 ? 'not recorded' : offending.length === 0 ? 'none' : plural(offending.length, 'run'),
      detail: `${all[0]?.check.title ?? ''}${gaps > 0 ? `; ${plural(gaps, 'known gap')}` : ''}`,
      tested: plural(tested, 'run'),
      count: offending.length,
      rows: offending.map(({ run, check }) => consistencyRow(run, check)),
    };
  });
}

const runTitles: Readonly<Record<string, string>> = {
  'total-cost': 'Total cost',
  'opportunity-cost': 'Opportunity cost',
  'money-conserved': 'Money conserved',
  'recorded-balances': 'Recorded balances',
  arrivals: 'Arrivals',
  settlements: 'Settlements',
  'tick-states': 'Rows per tick',
  'daily-metrics': 'Rows per day',
};

function consistencyRow(
  { simulationId: run }: RunHealth,
  { expected, found, stored: side, outcome, why }: ConsistencyCheck,
): HealthRow {
  const subject = `run ${run}`;
  if (side === undefined) {
    const isCompared = outcome !== 'unreadable' && expected !== undefined && found !== undefined;
    return {
      simulationId: run,
      subject,
      sentence: `${isCompared ? `expected ${expected}, found ${found}. ` : ''}${why}`,
    };
  }
  const [stored, recomputed] = side === 'expected' ? [expected, found] : [found, expected];
  const isWhole = stored !== undefined && recomputed !== undefined;
  return {
    simulationId: run,
    subject,
    stored,
    // What rests on events that cannot be read is not recomputed.
    expected: outcome === 'unreadable' ? undefined : recomputed,
    sentence: `${isWhole ? `stored ${stored}, recomputed ${recomputed}. ` : ''}${why}`,
  };
}

/** Whether every verdict follows from its stored numbers, by the rules that were in force. */
export function verdictSection({ experiments }: HealthFacts): HealthSection {
  const all = experiments.map(({ verdicts }) => verdicts);
  const sum = (of: 'follow' | 'contradict' | 'samples' | 'invalid' | 'noChange' | 'pending') =>
    all.reduce((total, verdicts) => total + verdicts[of], 0);
  const tested = sum('follow') + sum('contradict');
  const wrong = sum('contradict');
  const untold = all.reduce((total, verdicts) => total + sumOf(verdicts.untold), 0);
  const others = [
    untold > 0 && `${formatCount(untold)} cannot be recomputed`,
    sum('invalid') > 0 && `${formatCount(sum('invalid'))} never evaluated`,
    sum('noChange') > 0 && `${formatCount(sum('noChange'))} without change`,
    sum('pending') > 0 && `${formatCount(sum('pending'))} pending`,
  ].filter((words) => words !== false);
  const samples = sum('samples');
  const from = samples > 0 ? `recomputed from ${plural(samples, 'sample')}` : 'recomputed from stored costs';
  const rows = experiments.flatMap((experiment) =>
    experiment.found.filter(doesNotFollow).map((found) => rowOf(experiment, found)),
  );
  const section = { code: 'verdicts', title: 'Verdicts', tested: plural(tested, 'verdict'), count: wrong };
  if (tested === 0) {
    const words = untold > 0 ? 'not to be recomputed' : 'none recorded';
    return { ...section, outcome: 'unknown', words, detail: others.join(', '), checks: [] };
  }
  const outcome = wrong > 0 ? 'contradiction' : 'ok';
  const { title, compares } = contradictionRules['verdict-rules'];
  return {
    ...section,
    outcome,
    words: `${formatCount(sum('follow'))} of ${formatCount(tested)} follow`,
    detail: [from, ...others].join('; '),
    checks: [
      {
        code: 'verdict-rules',
        title,
        outcome,
        words: wrong === 0 ? 'all do' : wrong === 1 ? '1 does not' : `${formatCount(wrong)} do not`,
        detail: compares,
        tested: section.tested,
        count: wrong,
        rows,
      },
    ],
  };
}

const sumOf = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((a, b) => a + b, 0);

/** Every other rule by which two records cannot both be right. */
export function contradictionSection({ experiments }: HealthFacts): HealthSection {
  const codes = Object.keys(contradictionRules) as readonly ContradictionCode[];
  const checks = codes.filter((code) => code !== 'verdict-rules').map((code) => ruleCheck(code, experiments));
  const found = checks.reduce((total, check) => total + check.count, 0);
  const made = checks.filter(({ outcome }) => outcome !== 'unknown').length;
  return {
    code: 'contradictions',
    title: 'Contradictions',
    outcome: found > 0 ? 'contradiction' : made > 0 ? 'ok' : 'unknown',
    words: found > 0 ? plural(found, 'row') : made > 0 ? 'none' : 'nothing to compare',
    detail: 'costs, sums, counts, seeds, reasons, gaps and duplicates',
    tested: plural(made, 'check'),
    count: found,
    checks,
  };
}

function ruleCheck(code: ContradictionCode, experiments: readonly ExperimentHealth[]): HealthCheck {
  const { title, compares, of } = contradictionRules[code];
  const rows = experiments.flatMap((experiment) =>
    experiment.found.filter((found) => found.code === code).map((found) => rowOf(experiment, found)),
  );
  const tested = experiments.reduce((total, experiment) => total + (experiment.tested.get(code) ?? 0), 0);
  const outcome = rows.length > 0 ? 'contradiction' : tested > 0 ? 'ok' : 'unknown';
  return {
    code,
    title,
    outcome,
    words: rows.length > 0 ? plural(rows.length, 'row') : tested > 0 ? 'none' : 'nothing to compare',
    detail: compares,
    tested: plural(tested, of.slice(0, -1)),
    count: rows.length,
    rows,
  };
}

function rowOf(experiment: ExperimentHealth, found: Contradiction): HealthRow {
  return {
    experimentId: experiment.experimentId,
    ...found.subject,
    subject: `${experiment.experimentId}: ${subjectWords(found.subject)}`,
    ...comparedWords(found),
    sentence: contradictionSentence(found),
  };
}

/** A cell that cannot be read, with its row; the place of a row that is left out of every answer is not known. */
export function cellRow({ rowKey, stored, isRowLeftOut }: UnreadableCell): HealthRow {
  const { experiment_id, simulation_id, iteration, agent_id } = rowKey;
  const known = isRowLeftOut
    ? {}
    : {
        experimentId: experiment_id === undefined ? undefined : experimentId(experiment_id),
        simulationId: simulation_id === undefined ? undefined : simulationId(simulation_id),
        iteration: iteration === undefined ? undefined : Number(iteration),
        agentId: agent_id === undefined ? undefined : agentId(agent_id),
      };
  return {
    ...known,
    subject: Object.entries(rowKey)
      .map(([column, value]) => `${column} ${value}`)
      .join(', '),
    stored,
    sentence: stored === undefined ? 'Nothing is stored where a value must be.' : `Stored as ${stored}.`,
  };
}

/** Stored values that are no value of their kind, by table and column. */
export function unreadableSection({ unreadable }: HealthFacts): HealthSection {
  const { cells, cellCount, rowsLeftOut } = unreadable;
  const columns = new Map<string, HealthRow[]>();
  for (const cell of cells) {
    const name = `${cell.table}.${cell.column}`;
    columns.set(name, [...(columns.get(name) ?? []), cellRow(cell)]);
  }
  const listed = cells.length < cellCount ? `; the first ${formatCount(cells.length)} are listed` : '';
  const left = rowsLeftOut === 0 ? '' : `; ${plural(rowsLeftOut, 'row')} left out of every answer`;
  return {
    code: 'unreadable',
    title: 'Unreadable cells',
    outcome: cellCount > 0 ? 'unreadable' : 'ok',
    words: cellCount === 0 ? 'none' : plural(cellCount, 'cell'),
    detail: `JSON, numbers, times${left}${listed}`,
    tested: '',
    count: cellCount,
    checks: [...columns].map(([name, rows]) => ({
      code: name,
      title: name,
      outcome: 'unreadable',
      words: plural(rows.length, 'cell'),
      detail: 'stored, and no value of its kind',
      tested: '',
      count: rows.length,
      rows,
    })),
  };
}

/** Tables and columns against what they should be. */
export function schemaSection({ schema }: HealthFacts): HealthSection {
  const { violations, notes, tables, columns, isCompared } = schema;
  const row = (sentence: string): HealthRow => ({ subject: '', sentence: `${sentence}.` });
  const check = (
    code: string,
    title: string,
    sentences: readonly string[],
    outcome: HealthOutcome,
  ): HealthCheck => ({
    code,
    title,
    outcome: sentences.length > 0 ? outcome : 'ok',
    words: sentences.length === 0 ? 'none' : formatCount(sentences.length),
    detail: '',
    tested: plural(columns, 'column'),
    count: sentences.length,
    rows: sentences.map(row),
  });
  return {
    code: 'schema',
    title: 'Schema',
    outcome: violations.length > 0 ? 'contradiction' : 'ok',
    words: violations.length === 0 ? 'as expected' : plural(violations.length, 'difference'),
    detail: isCompared
      ? `${plural(tables, 'table')}, compared with every table of the unified schema`
      : `${plural(tables, 'table')}; the columns that are read, and the types of money`,
    tested: plural(columns, 'column'),
    count: violations.length,
    checks: [
      check('schema-violations', 'Missing or of another type', violations, 'contradiction'),
      check('schema-notes', 'Beside it, and harmless', notes, 'ok'),
    ],
  };
}
