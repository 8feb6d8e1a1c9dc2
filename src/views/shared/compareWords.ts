import type { OpenFile } from '../../data/session/state.ts';

/** No more lines can be told apart in one figure. */
export const mostCompared = 12;

/** How the address names the version of an experiment that one of several open files holds. */
export const versionIn = (experiment: string, { name }: Pick<OpenFile, 'name'>): string =>
  `${experiment}~${name}`;
