import { useMemo, type ReactNode } from 'react';
import type { OpenFile } from '../../data/session/state.ts';
import { OriginContext } from '../../ui/export/origin.ts';
import { originOf } from './namedFile.ts';

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
