import type { Dialect } from './normalised.ts';

/** What kind of file a dialect is, for people (domain.md 3.8). */
export const dialectWords: Readonly<Record<Dialect, string>> = {
  A1: 'unified schema',
  A2: 'unified schema, experiments only',
  'B-V2': 'run_id layout V2: no evaluations, no runs',
  'B-V3': 'run_id layout V3: no runs',
  'B-V4': 'run_id layout V4: no runs',
  'B-V5': 'run_id layout V5',
  'simulation-only': 'simulation runs',
};
