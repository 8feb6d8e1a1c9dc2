import type { Screen } from '../shared/screen.ts';
import { iterationFields, type IterationSearch } from './fields.ts';

declare module '../../url/addresses.ts' {
  interface SearchOfScreen {
    '/experiments/$experimentId/iterations/$iteration': IterationSearch;
  }
}

export const iterationScreen: Screen<'/experiments/$experimentId/iterations/$iteration'> = {
  path: '/experiments/$experimentId/iterations/$iteration',
  name: 'iteration',
  fields: iterationFields,
  title: ({ experimentId, iteration }) => `Iteration ${iteration} of ${experimentId}`,
  under: '/experiments',
  load: async () => (await import('./IterationView.tsx')).IterationView,
  keys: {
    title: 'On an iteration',
    keys: [
      { keys: ['['], does: 'previous iteration' },
      { keys: [']'], does: 'next iteration' },
    ],
  },
};
