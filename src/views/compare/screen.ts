import type { Screen } from '../shared/screen.ts';
import { compareFields, type CompareSearch } from './fields.ts';

declare module '../../url/addresses.ts' {
  interface SearchOfScreen {
    '/compare': CompareSearch;
  }
}

export const compareScreen: Screen<'/compare'> = {
  path: '/compare',
  name: 'compare',
  fields: compareFields,
  title: () => 'Compare',
  navigation: { label: 'Compare', key: 'c', does: 'experiments beside each other' },
  load: async () => (await import('./CompareView.tsx')).CompareView,
};
