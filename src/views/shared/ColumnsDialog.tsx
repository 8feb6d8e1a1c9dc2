import ArrowDown from 'lucide-react/icons/arrow-down';
import ArrowUp from 'lucide-react/icons/arrow-up';
import { useState } from 'react';

import { Button, IconButton } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import styles from './ColumnsDialog.module.css';

interface NamedColumn {
  readonly id: string;
  readonly label: string;
}

interface ColumnsDialogProps {
  /** All that there are. */
  readonly columns: readonly NamedColumn[];
  readonly shown: readonly NamedColumn[];
  /** Called with the ids to show from then on, in their order; without any, the usual ones. */
  readonly setShown: (ids: readonly string[] | undefined) => void;
  /** After the word on the button. */
  readonly count?: string | undefined;
}

/** Which columns a table shows, and in which order. */
export function ColumnsDialog({ columns, shown, setShown, count }: ColumnsDialogProps) {
  const [open, setOpen] = useState(false);
  const ids = shown.map(({ id }) => id);
  const others = columns.filter(({ id }) => !ids.includes(id));
  const move = (at: number, by: 1 | -1) => {
    const next = [...ids];
    const [moved = ''] = next.splice(at, 1);
    next.splice(at + by, 0, moved);
    setShown(next);
  };
  return (
    <>
      <Button variant="ghost" onClick={() => setOpen(true)}>
        Columns{count !== undefined && ` (${count})`}
      </Button>
      <Dialog
        title="Columns"
        open={open}
        onClose={() => setOpen(false)}
        actions={
          <>
            <Button onClick={() => setShown(columns.map(({ id }) => id))}>Show all</Button>
            <Button onClick={() => setShown(undefined)}>As at first</Button>
          </>
        }
      >
        <ul className={styles.columns} aria-label="Shown, in this order">
          {shown.map(({ id, label }, at) => (
            <li key={id}>
              <label>
                <input
                  type="checkbox"
                  checked
                  disabled={ids.length === 1}
                  onChange={() => setShown(ids.filter((one) => one !== id))}
                />
                {label}
              </label>
              <IconButton
                size="small"
                label={`${label}: further left`}
                icon={<ArrowUp size={14} aria-hidden />}
                disabled={at === 0}
                onClick={() => move(at, -1)}
              />
              <IconButton
                size="small"
                label={`${label}: further right`}
                icon={<ArrowDown size={14} aria-hidden />}
                disabled={at === ids.length - 1}
                onClick={() => move(at, 1)}
              />
            </li>
          ))}
        </ul>
        {others.length > 0 && (
          <ul className={styles.columns} aria-label="Not shown">
            {others.map(({ id, label }) => (
              <li key={id}>
                <label>
                  <input type="checkbox" checked={false} onChange={() => setShown([...ids, id])} />
                  {label}
                </label>
              </li>
            ))}
          </ul>
        )}
      </Dialog>
    </>
  );
}
