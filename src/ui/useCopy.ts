import { useEffect, useState } from 'react';

export type CopyState = 'idle' | 'copied' | 'refused';

const SHOWN_MS = 2500;

/** Copies to the clipboard and says for a moment how it went. */
export function useCopy(): { readonly state: CopyState; readonly copy: (text: string) => void } {
  const [state, setState] = useState<CopyState>('idle');
  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = (text: string) => {
    writeClipboard(text).then(
      () => setState('copied'),
      () => setState('refused'),
    );
  };
  return { state, copy };
}

/** Rejects, never throws: over plain http `navigator.clipboard` is not there at all. */
async function writeClipboard(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
}
