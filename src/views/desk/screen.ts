import type { Screen } from '../shared/screen.ts';
import { deskFields, type DeskSearch } from './fields.ts';

declare module '../../url/addresses.ts' {
  interface SearchOfScreen {
    '/experiments/$experimentId/proposals': DeskSearch;
    '/proposals': DeskSearch;
  }
}

export const experimentDeskScreen: Screen<'/experiments/$experimentId/proposals'> = {
  path: '/experiments/$experimentId/proposals',
  name: 'desk',
  fields: deskFields,
  title: ({ experimentId }) => `Desk of ${experimentId}`,
  under: '/proposals',
  load: async () => (await import('./DeskView.tsx')).ExperimentDeskView,
  looks: { show: 'all' },
  keys: {
    title: 'On the desk',
    keys: [
      { keys: ['j', 'ArrowDown'], does: 'next proposal' },
      { keys: ['k', 'ArrowUp'], does: 'previous proposal' },
      { keys: ['a'], does: 'agree with the verdict' },
      { keys: ['d'], does: 'disagree' },
      { keys: ['u'], does: 'unsure' },
      { keys: ['e'], does: 'write a note; Escape leaves it' },
      { keys: ['Enter'], does: 'done, next proposal' },
    ],
  },
};

export const deskScreen: Screen<'/proposals'> = {
  path: '/proposals',
  name: 'desk',
  fields: deskFields,
  title: () => 'Desk',
  navigation: { label: 'Desk', key: 'p', does: 'the desk: proposals of all open files' },
  load: async () => (await import('./DeskView.tsx')).DeskView,
  looks: { show: 'all', as: 'table' },
};
