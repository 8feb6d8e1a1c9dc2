import type { Screen } from '../shared/screen.ts';
import { sqlFields, type SqlSearch } from './fields.ts';

declare module '../../url/addresses.ts' {
  interface SearchOfScreen {
    '/sql': SqlSearch;
  }
}

export const sqlScreen: Screen<'/sql'> = {
  path: '/sql',
  name: 'own questions',
  fields: sqlFields,
  title: () => 'SQL',
  navigation: { label: 'SQL', key: 's', does: 'own questions in SQL over all open files' },
  keys: {
    title: 'In the SQL editor',
    keys: [
      { keys: ['Ctrl+Enter'], does: 'run all, or what is selected' },
      { keys: ['Ctrl+Space'], does: 'names that fit here' },
      { keys: ['Escape'], does: 'cancel what runs' },
    ],
  },
  load: async () => (await import('./SqlView.tsx')).SqlView,
};
