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
  load: async () => (await import('./OpenView.tsx')).OpenView,
};
