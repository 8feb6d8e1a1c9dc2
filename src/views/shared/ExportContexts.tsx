import { useQueryClient } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';

import { useOpenFiles } from '../../data/SessionContext.tsx';
import type { OpenFile } from '../../data/session/state.ts';
import { OriginContext, QueryBehindContext } from '../../ui/export/origin.ts';
import { originOf } from './namedFile.ts';
import { useAddress } from './useAddress.ts';

interface OriginOfProps {
  readonly files: readonly OpenFile[];
  /** Id of the one experiment or run that is on screen. */
  readonly subject?: string | undefined;
  readonly children: ReactNode;
}

/** Says to everything that can be exported below it where it comes from. */
export function OriginOf({ files, subject, children }: OriginOfProps) {
  const origin = useMemo(() => originOf(files, subject), [files, subject]);
  return <OriginContext value={origin}>{children}</OriginContext>;
}

/** Everything below it comes from one file. */
export function OneOrigin({ file, id, children }: { file: OpenFile; id: string; children: ReactNode }) {
  const files = useMemo(() => [file], [file]);
  return (
    <OriginOf files={files} subject={id}>
      {children}
    </OriginOf>
  );
}

/** Leads from each figure and grid below it to the queries behind it, in the SQL editor. */
export function QueryBehind({ children }: { readonly children: ReactNode }) {
  const client = useQueryClient();
  const files = useOpenFiles();
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
