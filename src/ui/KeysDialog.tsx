import { Fragment, type ReactNode } from 'react';

import { Dialog } from './Dialog.tsx';
import { Kbd } from './Kbd.tsx';
import styles from './KeysDialog.module.css';

interface KeysDialogProps {
  readonly groups: readonly KeyGroup[];
  readonly open: boolean;
  readonly onClose: () => void;
  /** Before the keys. */
  readonly children?: ReactNode;
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

/** Help, and the list of keys. */
export function KeysDialog({ groups, open, onClose, children }: KeysDialogProps) {
  return (
    <Dialog title="Help and keys" open={open} onClose={onClose} wide>
      {children}
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

interface KeyHelp {
  /** Named as in `KeyboardEvent.key`; any of them does it. */
  readonly keys: readonly string[];
  readonly does: string;
}

/** The keys of one place, for the list of keys. */
export interface KeyGroup {
  readonly title: string;
  readonly keys: readonly KeyHelp[];
}
