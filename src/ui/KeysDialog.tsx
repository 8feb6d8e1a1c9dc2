import { Fragment } from 'react';
import { Dialog } from './Dialog.tsx';
import { Kbd } from './Kbd.tsx';
import type { KeyGroup } from './keyGroup.ts';
import styles from './KeysDialog.module.css';

interface KeysDialogProps {
  readonly groups: readonly KeyGroup[];
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Keys every DataGrid answers to, for the list. */
export const GRID_KEYS: KeyGroup = {
  title: 'In a table',
  keys: [
    {
      keys: ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'],
      does: 'move; up from the first row: the headings',
    },
    { keys: ['PageUp', 'PageDown'], does: 'a page of rows' },
    { keys: ['Home', 'End'], does: 'first, last column; with Ctrl: first, last row' },
    { keys: ['Enter'], does: 'open the row, follow the link, sort' },
    { keys: ['Ctrl+C'], does: 'copy the exact value' },
  ],
};

/** The list of keys. */
export function KeysDialog({ groups, open, onClose }: KeysDialogProps) {
  return (
    <Dialog title="Keys" open={open} onClose={onClose} wide>
      <div className={styles.groups}>
        {groups.map((group) => (
          <section key={group.title}>
            <h3>{group.title}</h3>
            <dl className={styles.list}>
              {group.keys.map(({ keys, does }) => (
                <Fragment key={does}>
                  <dt className={styles.keys}>
                    {keys.map((key) => (
                      <Kbd key={key} name={key} />
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </Fragment>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
