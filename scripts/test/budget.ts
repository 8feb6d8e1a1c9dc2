import { formatSeconds } from '../../src/lib/format.ts';

/** A busy machine is slower by this much without anything being wrong; beyond it a step fails. */
const noiseFactor = 5;

export interface Duration {
  readonly title: string;
  readonly seconds: number;
  /** What the step may take on a calm machine of two cores; undefined where `.ci/budgets.json` names none. */
  readonly budgetSeconds: number | undefined;
}

export function isOverBudget({ seconds, budgetSeconds }: Duration): boolean {
  return budgetSeconds !== undefined && seconds > budgetSeconds;
}

/** Whether no noise of a machine explains how long the step took. */
export function isFarOverBudget({ seconds, budgetSeconds }: Duration): boolean {
  return budgetSeconds !== undefined && seconds > noiseFactor * budgetSeconds;
}

/** `lint: 23 s (budget 60 s)`, with a warning where the budget is passed. */
export function durationLine(duration: Duration): string {
  const { title, seconds, budgetSeconds } = duration;
  const taken = `${title}: ${formatSeconds(seconds)}`;
  if (budgetSeconds === undefined) return taken;
  const budget = `budget ${formatSeconds(budgetSeconds)}`;
  if (isFarOverBudget(duration)) return `${taken} FAILED: more than ${noiseFactor} times its ${budget}`;
  if (isOverBudget(duration)) return `${taken} WARNING: over its ${budget}; is the machine busy?`;
  return `${taken} (${budget})`;
}
