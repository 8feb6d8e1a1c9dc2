/**
 * What the lab writes into `simulation_runs.description`, so that a reader knows which simulator made a run.
 * Raise the number when the same scenario, policies and seed give other events than before.
 */
export const labRules = 1;

const words = 'Iterscope lab, rules ';

export const labMark = `${words}${labRules}`;

/** The rules by which our lab made a run; undefined when somebody else did. */
export function rulesOfMark(description: string | undefined): number | undefined {
  const number = description?.startsWith(words) === true ? description.slice(words.length) : '';
  return /^[0-9]{1,9}$/.test(number) ? Number(number) : undefined;
}
