import { comparisonFields, name, placeFields, type SearchOf } from '../../url/fields.ts';

export const iterationFields = {
  ...comparisonFields,
  ...placeFields,
  /** Whose part one came for. */
  agent: name,
} as const;
export type IterationSearch = SearchOf<typeof iterationFields>;
