import { useQueryClient } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';

import { useSessionState } from '../../data/SessionContext.tsx';
import { QueryBehindContext } from '../../ui/export/origin.ts';
import { useAddress } from './useAddress.ts';

/** Leads from each figure and grid below it to the queries behind it, in the SQL editor. */
export function QueryBehind({ children }: { readonly children: ReactNode }) {
  const client = useQueryClient();
  const { files } = useSessionState();
  const { path, search, go } = useAddress();
  const { db } = search;
  const open = useMemo(
    () => (view: string) => {
      void import('./openQueryBehind.ts').then(({ hrefOfQueryBehind }) =>
        go(hrefOfQueryBehind({ client, files, db, view })),
      );
    },
    [client, files, db, go],
  );
  // What the SQL editor shows is behind nothing else.
  return <QueryBehindContext value={path === '/sql' ? undefined : open}>{children}</QueryBehindContext>;
}
