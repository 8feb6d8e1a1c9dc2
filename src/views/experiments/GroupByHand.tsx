import { useState } from 'react';

import { formatGroup, parseGroups } from '../../domain/compare/handGroups.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useAddress } from '../shared/useAddress.ts';
import { listFields } from './fields.ts';

/** Makes one group of the experiments that are ticked, with a name; it is kept in the link. */
export function GroupByHand({ ids }: { readonly ids: readonly string[] }) {
  const { search, patch } = useAddress(listFields);
  const [name, setName] = useState<string>();
  const before = parseGroups(search.g ?? []);
  const asked = name?.trim() ?? '';
  const isTaken = before.some((group) => group.name === asked);
  const make = () => {
    if (asked === '' || isTaken) return;
    // An experiment is in one group: the newest takes it.
    const others = before
      .map((group) => ({ ...group, ids: group.ids.filter((id) => !ids.includes(id)) }))
      .filter((group) => group.ids.length > 0);
    patch({ g: [...others, { name: asked, ids }].map(formatGroup), fold: 'passes' });
    setName(undefined);
  };
  return (
    <>
      <Button onClick={() => setName('')}>Group {ids.length}</Button>
      <Dialog
        title={`Group ${ids.length} experiments`}
        open={name !== undefined}
        onClose={() => setName(undefined)}
        actions={
          <Button variant="primary" disabled={asked === '' || isTaken} onClick={make}>
            Group
          </Button>
        }
      >
        <TextField
          label="Name of the group"
          value={name ?? ''}
          onChange={setName}
          onEnter={make}
          note="The group is kept in the link."
          error={isTaken ? 'Another group has this name.' : undefined}
        />
      </Dialog>
    </>
  );
}
