import type { RuleName } from '../../../schema/acceptance/check.ts';

export const ruleTitles: Readonly<Record<RuleName, string>> = {
  floor: 'settlement floor',
  saving: 'cheaper',
  significance: 'significance',
  variation: 'variation',
};
