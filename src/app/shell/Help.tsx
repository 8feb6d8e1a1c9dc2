import { useState } from 'react';

import { loadPreference, savePreference } from '../../storage/preferences.ts';
import { Button } from '../../ui/Button.tsx';
import { type KeyGroup, GRID_KEYS, KeysDialog } from '../../ui/KeysDialog.tsx';
import { allowSingleKeys } from '../../ui/useShortcuts.ts';
import { startTour, tourLabel } from '../../views/shared/tour.ts';
import { screens } from '../screens.ts';
import styles from './Help.module.css';

/** Every key of every screen. */
const keyGroups: readonly KeyGroup[] = [
  {
    title: 'Everywhere',
    keys: [
      { keys: ['Ctrl+K'], does: 'find a screen, experiment, iteration, proposal, run, payment or command' },
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

/** What the words mean, the tour, and the keys. */
export function Help({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [single, setSingle] = useState(() => loadPreference('singleKeys', ['off']) === undefined);
  return (
    <KeysDialog groups={keyGroups} open={open} onClose={onClose}>
      <div className={styles.help}>
        <dl className={styles.words}>
          <dt>Proposal</dt>
          <dd>
            a policy that the proposer, as a rule a language model, offers for one agent in one iteration
          </dd>
          <dt>Verdict</dt>
          <dd>what became of it: accepted, rejected, invalid, no change, or never evaluated</dd>
          <dt>Desk</dt>
          <dd>where proposals are reviewed one after the other; your judgement stays in this browser</dd>
          <dt>Run</dt>
          <dd>one simulation of payments, replayed tick by tick</dd>
        </dl>
        <Button
          onClick={() => {
            onClose();
            startTour();
          }}
        >
          {tourLabel()}
        </Button>
        <label className={styles.choice}>
          <input
            type="checkbox"
            checked={single}
            onChange={(event) => {
              const allowed = event.currentTarget.checked;
              setSingle(allowed);
              allowSingleKeys(allowed);
              savePreference('singleKeys', allowed ? 'on' : 'off');
            }}
          />
          Single letters are keys (arrows, Enter, Space and Ctrl+K always are)
        </label>
      </div>
    </KeysDialog>
  );
}
