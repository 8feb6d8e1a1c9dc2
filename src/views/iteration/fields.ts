import { comparisonFields, name, placeFields, words, type SearchOf } from '../../url/fields.ts';

export const iterationFields = {
  ...comparisonFields,
  ...placeFields,
  /** Whose part one came for. */
  agent: name,
  /** Which of many agents: those whose name holds these words. */
  agents: words,
} as const;
export type IterationSearch = SearchOf<typeof iterationFields>;
