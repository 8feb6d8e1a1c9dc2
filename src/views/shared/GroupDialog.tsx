import { useState } from 'react';

import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextField } from '../../ui/TextField.tsx';

interface GroupDialogProps {
  /** Experiments that become one group. */
  readonly count: number;
  readonly isTaken: (name: string) => boolean;
  /** With a name that is not empty and not taken. */
  readonly onGroup: (name: string) => void;
  readonly onClose: () => void;
}

/** Asks for the name of a new group of experiments. */
export function GroupDialog({ count, isTaken, onGroup, onClose }: GroupDialogProps) {
  const [text, setText] = useState('');
  const name = text.trim();
  const mayGroup = name !== '' && !isTaken(name);
  const group = () => {
    if (mayGroup) onGroup(name);
  };
  return (
    <Dialog
      title={`Group ${count} experiments`}
      open
      onClose={onClose}
      actions={
        <Button variant="primary" disabled={!mayGroup} onClick={group}>
          Group
        </Button>
      }
    >
      <TextField
        label="Name of the group"
        value={text}
        onChange={setText}
        onEnter={group}
        note="The group is kept in the link."
        error={isTaken(name) ? 'Another group has this name.' : undefined}
      />
    </Dialog>
  );
}
