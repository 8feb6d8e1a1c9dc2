import type { KeyGroup } from '../../ui/keyGroup.ts';
import { GRID_KEYS } from '../../ui/KeysDialog.tsx';
import { screens } from '../screens.ts';

/** Every key of every screen, for the dialog behind `?`. */
export const keyGroups: readonly KeyGroup[] = [
  {
    title: 'Everywhere',
    keys: [
      { keys: ['?'], does: 'this list' },
      { keys: ['o'], does: 'open database files' },
      ...screens.flatMap(({ navigation }) =>
        navigation === undefined ? [] : [{ keys: [navigation.key], does: navigation.does }],
      ),
    ],
  },
  GRID_KEYS,
  ...screens.flatMap(({ keys }) => keys ?? []),
];
