import { z } from 'zod';

import { comparisonFields, placeFields, type SearchOf, policyChoicePattern } from '../../url/fields.ts';
export const policiesFields = {
  ...comparisonFields,
  ...placeFields,
  /** The two policies that are compared: `BANK_A.3.force`, `BANK_A.7.proposed`. */
  left: z.string().regex(policyChoicePattern),
  right: z.string().regex(policyChoicePattern),
} as const;
export type PoliciesSearch = SearchOf<typeof policiesFields>;
