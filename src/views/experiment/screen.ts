import type { Screen } from '../shared/screen.ts';
import { experimentFields, type ExperimentSearch } from './fields.ts';

declare module '../../url/addresses.ts' {
  interface SearchOfScreen {
    '/experiments/$experimentId': ExperimentSearch;
  }
}

export const experimentScreen: Screen<'/experiments/$experimentId'> = {
  path: '/experiments/$experimentId',
  name: 'experiment',
  fields: experimentFields,
  title: ({ experimentId }) => experimentId,
  under: '/experiments',
  fetched: 'when the engine runs',
  load: async () => (await import('./ExperimentView.tsx')).ExperimentView,
  keys: {
    title: 'In the figure',
    keys: [
      { keys: ['ArrowLeft', 'ArrowRight'], does: 'previous, next iteration' },
      { keys: ['ArrowUp', 'ArrowDown'], does: 'next mark of the iteration' },
      { keys: ['Enter'], does: 'open what is marked' },
    ],
  },
};
