import { useEffect, useState, useSyncExternalStore } from 'react';

import { useSessionState } from '../../data/SessionContext.tsx';
import type { OpenFile } from '../../data/session/state.ts';
import { recentFiles } from '../../storage/recentFiles.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { keptBuild, takeNewVersion } from './keptBuild.ts';

/** Says that a newer version of the app is there; it is loaded on the reader's word alone. */
export function NewVersion() {
  const state = useSyncExternalStore(keptBuild.subscribe, keptBuild.get);
  const [isLater, setIsLater] = useState(false);
  const isNew = state === 'new version' || state === 'taken elsewhere';
  const unkept = useUnkept(isNew);
  if (!isNew || isLater) return null;
  return (
    <Notice
      live
      code="new-version"
      actions={
        <>
          <Button size="small" onClick={takeNewVersion}>
            Load it
          </Button>
          <Button size="small" variant="ghost" onClick={() => setIsLater(true)}>
            Later
          </Button>
        </>
      }
    >
      {state === 'new version'
        ? 'A new version of Iterscope is there.'
        : 'A new version of Iterscope was loaded in another window.'}{' '}
      {unkept.length === 0
        ? 'It opens this view again, with the same files and judgements.'
        : `It opens this view again; this browser keeps no copy of ${unkept.join(' and ')}, so choose ${unkept.length === 1 ? 'it' : 'them'} again then.`}
    </Notice>
  );
}

/** Names of open files of this machine that a reload cannot open again by itself. */
function useUnkept(isAsked: boolean): readonly string[] {
  const { files } = useSessionState();
  const [names, setNames] = useState<readonly string[]>([]);
  useEffect(() => {
    if (!isAsked) return undefined;
    let isWanted = true;
    void recentFiles().then((recent) => {
      const isKept = ({ linkToken, source }: OpenFile): boolean =>
        source.kind === 'url' ||
        recent.some(({ token, way }) => token === linkToken && (way === 'copy' || way === 'handle'));
      if (isWanted) setNames(files.filter((file) => !isKept(file)).map(({ name }) => name));
    });
    return () => {
      isWanted = false;
    };
  }, [isAsked, files]);
  return names;
}
