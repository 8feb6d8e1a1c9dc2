import { useState } from 'react';

import { formatGroup, parseGroups } from '../../domain/compare/groups.ts';
import { Button } from '../../ui/Button.tsx';
import { GroupDialog } from '../shared/GroupDialog.tsx';
import { useAddress } from '../shared/useAddress.ts';
import { listFields } from './fields.ts';

/** Makes one group of the experiments that are ticked, with a name; it is kept in the link. */
export function GroupByHand({ ids }: { readonly ids: readonly string[] }) {
  const { search, patch } = useAddress(listFields);
  const [isAsking, setAsking] = useState(false);
  const before = parseGroups(search.g ?? []);
  const group = (name: string) => {
    // An experiment is in one group: the newest takes it.
    const others = before
      .map((one) => ({ ...one, ids: one.ids.filter((id) => !ids.includes(id)) }))
      .filter((one) => one.ids.length > 0);
    patch({ g: [...others, { name, ids }].map(formatGroup), fold: 'passes' });
    setAsking(false);
  };
  return (
    <>
      <Button onClick={() => setAsking(true)}>Group {ids.length}</Button>
      {isAsking && (
        <GroupDialog
          count={ids.length}
          isTaken={(name) => before.some((one) => one.name === name)}
          onGroup={group}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
