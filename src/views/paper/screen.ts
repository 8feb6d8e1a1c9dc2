import type { Screen } from '../shared/screen.ts';
import { paperFields, type PaperSearch } from './fields.ts';

declare module '../../url/addresses.ts' {
  interface SearchOfScreen {
    '/paper': PaperSearch;
  }
}

export const paperScreen: Screen<'/paper'> = {
  path: '/paper',
  name: 'paper',
  fields: paperFields,
  title: () => 'Paper',
  navigation: { label: 'Paper', key: 'l', does: 'figures and tables for a paper' },
  load: async () => (await import('./PaperView.tsx')).PaperView,
};
