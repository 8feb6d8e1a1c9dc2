import { formatCount, plural } from '../../lib/format.ts';
import type { RunCheckResult } from '../answers/resimulation.ts';
import type { HealthFacts, RunHealth } from './facts.ts';

/** What the checks of the runs come to, counted by run. */
export function totalsOf(runs: readonly RunHealth[]) {
  let [consistent, differing, unreadable, gaps] = [0, 0, 0, 0];
  for (const { checks = [] } of runs) {
    const outcomes = new Set(checks.filter(({ id }) => id !== 'event-count').map(({ outcome }) => outcome));
    if (outcomes.has('differs')) differing += 1;
    else if (outcomes.has('unreadable')) unreadable += 1;
    else if (outcomes.has('balances') || outcomes.has('known gap')) consistent += 1;
    if (outcomes.has('known gap')) gaps += 1;
  }
  return { consistent, differing, unreadable, gaps };
}

/** What a paper may say of the file: nothing that was not checked, and nothing left out that was found. */
export function sentenceFor(
  facts: HealthFacts,
  runs: readonly RunHealth[] | undefined,
  again: readonly RunCheckResult[],
): string {
  return [
    runSentence(facts, runs),
    againSentence(facts, again),
    verdictSentence(facts),
    contradictionSentence(facts),
    unreadableSentence(facts),
    endSentence(facts),
  ]
    .filter((sentence) => sentence !== undefined)
    .join(' ');
}

function runSentence(facts: HealthFacts, runs: readonly RunHealth[] = []): string {
  const all = facts.runs.length;
  if (all === 0) return 'No simulation runs are recorded.';
  if (runs.length === 0)
    return all === 1
      ? 'The simulation run of the file was not checked.'
      : `The ${plural(all, 'simulation run')} of the file were not checked.`;
  const { consistent, differing, unreadable, gaps } = totalsOf(runs);
  const silent = runs.length - consistent - differing - unreadable;
  const gap =
    gaps === 0
      ? ''
      : ` (${formatCount(gaps)} with a gap that the simulator is known to leave in its records)`;
  if (consistent === all)
    return all === 1
      ? `The simulation run is consistent${gap}.`
      : `All ${formatCount(all)} simulation runs are consistent${gap}.`;
  const rest = [
    consistent > 0 && `${formatCount(consistent)} ${consistent === 1 ? 'is' : 'are'} consistent${gap}`,
    differing > 0 &&
      `${formatCount(differing)} ${differing === 1 ? 'contradicts its' : 'contradict their'} own records`,
    unreadable > 0 &&
      `${formatCount(unreadable)} ${unreadable === 1 ? 'holds' : 'hold'} events that cannot be read`,
    silent > 0 &&
      `${formatCount(silent)} ${silent === 1 ? 'records' : 'record'} nothing that could be compared`,
    runs.length < all &&
      `${formatCount(all - runs.length)} ${all - runs.length === 1 ? 'was' : 'were'} not checked`,
  ].filter((words) => words !== false);
  return `Of ${plural(all, 'recorded simulation run')}, ${rest.join(', ')}.`;
}

/** Undefined while no run of our lab was simulated again. */
function againSentence({ labRuns }: HealthFacts, again: readonly RunCheckResult[]): string | undefined {
  if (again.length === 0) return undefined;
  const having = (kind: RunCheckResult['resimulation']['kind']) =>
    again.filter(({ resimulation }) => resimulation.kind === kind).length;
  const [identical, different] = [having('identical'), having('different')];
  const broken = again.filter(({ violations }) => violations.length > 0).length;
  const all = labRuns.length;
  const parts = [
    identical > 0 &&
      `${formatCount(identical)} ${identical === 1 ? 'comes' : 'come'} out event by event as stored (INV-2, INV-5)`,
    different > 0 && `${formatCount(different)} ${different === 1 ? 'does' : 'do'} not`,
    having('cannot') > 0 && `${formatCount(having('cannot'))} cannot be simulated again`,
    again.length < all &&
      `${formatCount(all - again.length)} ${all - again.length === 1 ? 'was' : 'were'} not tried`,
  ].filter((words) => words !== false);
  const books =
    broken > 0
      ? `; of ${formatCount(broken)}, what is stored beside the events contradicts them (INV-6)`
      : identical + different > 0
        ? '; what is stored beside the events follows from them (INV-6)'
        : '';
  return `Of ${plural(all, 'run')} of Iterscope’s lab, simulated again, ${parts.join(', ')}${books}.`;
}

function verdictSentence({ experiments }: HealthFacts): string | undefined {
  const sum = (of: (one: (typeof experiments)[number]) => number) =>
    experiments.reduce((total, one) => total + of(one), 0);
  const follow = sum(({ verdicts }) => verdicts.follow);
  const wrong = sum(({ verdicts }) => verdicts.contradict);
  const untold = sum(({ verdicts }) => [...verdicts.untold.values()].reduce((a, b) => a + b, 0));
  const invalid = sum(({ verdicts }) => verdicts.invalid);
  const samples = sum(({ verdicts }) => verdicts.samples);
  const tested = follow + wrong;
  const invalidWords =
    invalid === 0
      ? ''
      : `; ${plural(invalid, 'proposal')} could not be used and ${invalid === 1 ? 'was' : 'were'} never evaluated`;
  const untoldWords =
    untold === 0 ? '' : `; ${plural(untold, 'verdict')} cannot be recomputed from what is stored`;
  if (tested === 0)
    return untold === 0
      ? undefined
      : `The ${plural(untold, 'verdict')} of the file cannot be recomputed: no costs of proposals are stored${invalidWords}.`;
  const from = samples > 0 ? `stored numbers (${plural(samples, 'sample')})` : 'stored costs';
  const words =
    wrong === 0
      ? tested === 1
        ? `The evaluated verdict follows from its ${from}`
        : `All ${formatCount(tested)} evaluated verdicts follow from their ${from}`
      : `Of ${plural(tested, 'evaluated verdict')}, ${formatCount(follow)} follow from their ${from} and ${formatCount(wrong)} ${wrong === 1 ? 'does' : 'do'} not (${wrongWhere(experiments)})`;
  return `${words}${untoldWords}${invalidWords}.`;
}

/** `wrong-verdict, iterations 0 and 3`; of many experiments only how many. */
function wrongWhere(experiments: HealthFacts['experiments']): string {
  const named = experiments
    .filter(({ verdicts }) => verdicts.contradict > 0)
    .map(({ experimentId, found }) => {
      const wrong = found.filter(({ code }) => code === 'verdict-rules');
      const iterations = [...new Set(wrong.flatMap(({ subject }) => subject.iteration ?? []))];
      return iterations.length === 1
        ? `${experimentId}, iteration ${iterations[0]}`
        : `${experimentId}, ${formatCount(iterations.length)} iterations`;
    });
  return named.length <= 3 ? named.join('; ') : `in ${formatCount(named.length)} experiments`;
}

/** Of the rules beside that of the verdicts; those that had nothing to compare prove nothing. */
function contradictionSentence({ experiments }: HealthFacts): string | undefined {
  const found = experiments.flatMap((one) => one.found.filter(({ code }) => code !== 'verdict-rules'));
  const rules = new Set(experiments.flatMap(({ tested }) => [...tested.keys()])).size;
  const other = experiments.some(({ verdicts }) => verdicts.contradict > 0) ? ' other' : '';
  if (found.length === 0)
    return rules === 0
      ? undefined
      : `No${other} contradiction was found by the ${plural(rules, 'rule')} that had records to compare.`;
  return `${formatCount(found.length)}${other} ${found.length === 1 ? 'record contradicts' : 'records contradict'} another one.`;
}

function unreadableSentence({ unreadable: { cellCount } }: HealthFacts): string | undefined {
  if (cellCount === 0) return undefined;
  return `${plural(cellCount, 'stored cell')} cannot be read, so that sums over ${cellCount === 1 ? 'it' : 'them'} are unknown.`;
}

function endSentence({ experiments }: HealthFacts): string | undefined {
  if (experiments.length === 0) return undefined;
  const of = (status: string) => experiments.filter((experiment) => experiment.status === status).length;
  const all = experiments.length;
  const parts = [
    of('converged') > 0 && `${formatCount(of('converged'))} converged`,
    of('stopped') > 0 && `${formatCount(of('stopped'))} completed without a recorded convergence`,
    of('budget_exhausted') > 0 && `${formatCount(of('budget_exhausted'))} ended at the iteration limit`,
    of('unfinished') > 0 && `${formatCount(of('unfinished'))} did not finish`,
  ].filter((words) => words !== false);
  const [only = ''] = parts;
  if (parts.length > 1) return `Of ${plural(all, 'experiment')}, ${parts.join(', ')}.`;
  const words = only.replace(/^\S+ /, '');
  return all === 1 ? `The experiment ${words}.` : `All ${formatCount(all)} experiments ${words}.`;
}
