import type { Screen } from '../shared/screen.ts';
import { proposalsFields, type ProposalsSearch } from './fields.ts';

declare module '../../url/addresses.ts' {
  interface SearchOfScreen {
    '/proposals': ProposalsSearch;
  }
}

export const proposalsScreen: Screen<'/proposals'> = {
  path: '/proposals',
  name: 'all proposals',
  fields: proposalsFields,
  title: () => 'Proposals',
  navigation: { label: 'Proposals', key: 'p', does: 'every proposal of all open files as one table' },
  load: async () => (await import('./ProposalsView.tsx')).ProposalsView,
};
