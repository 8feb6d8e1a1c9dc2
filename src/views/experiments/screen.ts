import type { Screen } from '../shared/screen.ts';
import { listFields, type ListSearch } from './fields.ts';

declare module '../../url/addresses.ts' {
  interface SearchOfScreen {
    '/experiments': ListSearch;
  }
}

export const experimentsScreen: Screen<'/experiments'> = {
  path: '/experiments',
  name: 'experiments list',
  fields: listFields,
  title: () => 'Experiments',
  navigation: { label: 'Experiments', key: 'e', does: 'all experiments' },
  fetched: 'at once',
  load: async () => (await import('./ExperimentsView.tsx')).ExperimentsView,
  questions: async () => (await import('./listQuestions.ts')).askForList,
};
