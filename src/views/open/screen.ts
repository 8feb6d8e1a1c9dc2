import type { NoSearch } from '../../url/fields.ts';
import type { Screen } from '../shared/screen.ts';

declare module '../../url/addresses.ts' {
  interface SearchOfScreen {
    '/': NoSearch;
  }
}

export const openScreen: Screen<'/'> = {
  path: '/',
  name: 'open files',
  fields: {},
  title: () => 'Open',
  navigation: { label: 'Files', key: 'f', does: 'open files, and the files that are open' },
  fetched: 'at once',
  load: async () => (await import('./OpenView.tsx')).OpenView,
};
