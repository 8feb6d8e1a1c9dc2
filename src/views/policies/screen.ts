import type { Screen } from '../shared/screen.ts';
import { policiesFields, type PoliciesSearch } from './fields.ts';

declare module '../../url/addresses.ts' {
  interface SearchOfScreen {
    '/experiments/$experimentId/policies': PoliciesSearch;
  }
}

export const policiesScreen: Screen<'/experiments/$experimentId/policies'> = {
  path: '/experiments/$experimentId/policies',
  name: 'policies',
  fields: policiesFields,
  title: ({ experimentId }) => `Policies of ${experimentId}`,
  under: '/experiments',
  load: async () => (await import('./PoliciesView.tsx')).PoliciesView,
};
