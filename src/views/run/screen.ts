import type { Screen } from '../shared/screen.ts';
import { runFields, type RunSearch } from './fields.ts';

declare module '../../url/addresses.ts' {
  interface SearchOfScreen {
    '/runs/$simulationId': RunSearch;
  }
}

export const runScreen: Screen<'/runs/$simulationId'> = {
  path: '/runs/$simulationId',
  name: 'run',
  fields: runFields,
  title: ({ simulationId }) => `Run ${simulationId}`,
  under: '/experiments',
  load: async () => (await import('./RunView.tsx')).RunView,
  keys: {
    title: 'On a run',
    keys: [
      { keys: [' '], does: 'play, pause' },
      { keys: ['ArrowLeft', 'ArrowRight'], does: 'previous, next tick; with Shift: day' },
      { keys: ['Home', 'End'], does: 'first, last tick' },
      { keys: ['n', 'N'], does: 'next, previous event of the chosen kind' },
      { keys: ['[', ']'], does: 'previous, next run of the experiment' },
    ],
  },
};
