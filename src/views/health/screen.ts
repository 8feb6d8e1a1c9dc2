import type { NoSearch } from '../../url/fields.ts';
import type { Screen } from '../shared/screen.ts';

declare module '../../url/addresses.ts' {
  interface SearchOfScreen {
    '/health': NoSearch;
  }
}

export const healthScreen: Screen<'/health'> = {
  path: '/health',
  name: 'health',
  fields: {},
  title: () => 'Health',
  navigation: { label: 'Health', key: 'h', does: 'how far each file can be trusted' },
  load: async () => (await import('./HealthView.tsx')).HealthView,
};
