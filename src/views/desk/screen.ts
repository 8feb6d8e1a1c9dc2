import type { Screen } from '../shared/screen.ts';
import { deskFields, type DeskSearch } from './fields.ts';

declare module '../../url/addresses.ts' {
  interface SearchOfScreen {
    '/experiments/$experimentId/proposals': DeskSearch;
    '/desk': DeskSearch;
  }
}

export const experimentDeskScreen: Screen<'/experiments/$experimentId/proposals'> = {
  path: '/experiments/$experimentId/proposals',
  name: 'desk',
  fields: deskFields,
  title: ({ experimentId }) => `Desk of ${experimentId}`,
  under: '/desk',
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
      { keys: ['w'], does: 'write a note; Escape leaves it' },
      { keys: ['Enter'], does: 'done, next proposal' },
    ],
  },
};

export const deskScreen: Screen<'/desk'> = {
  path: '/desk',
  name: 'desk',
  fields: deskFields,
  title: () => 'Desk',
  navigation: { label: 'Desk', key: 'r', does: 'the rejection desk: proposals of all open files, to judge' },
  load: async () => (await import('./DeskView.tsx')).DeskView,
  looks: { show: 'all', as: 'table' },
};
