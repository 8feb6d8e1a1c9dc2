import { GRID_KEYS, type KeyGroup } from '../../ui/KeysDialog.tsx';

/** Every key of every screen, for the dialog behind `?`. */
export const keys: readonly KeyGroup[] = [
  {
    title: 'Everywhere',
    keys: [
      { keys: ['?'], does: 'this list' },
      { keys: ['o'], does: 'open database files' },
      { keys: ['e'], does: 'all experiments' },
      { keys: ['p'], does: 'the desk: proposals of all open files' },
    ],
  },
  GRID_KEYS,
  {
    title: 'In the figure',
    keys: [
      { keys: ['ArrowLeft', 'ArrowRight'], does: 'previous, next iteration' },
      { keys: ['ArrowUp', 'ArrowDown'], does: 'next mark of the iteration' },
      { keys: ['Enter'], does: 'open what is marked' },
    ],
  },
  {
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
  {
    title: 'On an iteration',
    keys: [
      { keys: ['['], does: 'previous iteration' },
      { keys: [']'], does: 'next iteration' },
    ],
  },
  {
    title: 'On a run',
    keys: [
      { keys: [' '], does: 'play, pause' },
      { keys: ['ArrowLeft', 'ArrowRight'], does: 'previous, next tick; with Shift: day' },
      { keys: ['Home', 'End'], does: 'first, last tick' },
      { keys: ['n', 'p'], does: 'next, previous event of the chosen kind' },
      { keys: ['[', ']'], does: 'previous, next run of the experiment' },
    ],
  },
];
