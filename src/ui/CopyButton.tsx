import Check from 'lucide-react/icons/check';
import Copy from 'lucide-react/icons/copy';
import { Button } from './Button.tsx';
import type { ButtonLook } from './buttonClass.ts';
import { VisuallyHidden } from './VisuallyHidden.tsx';
import { useEffect, useState } from 'react';

export interface CopyButtonProps extends ButtonLook {
  /** Made only when asked for, if a function. */
  readonly text: string | (() => string);
  /** What is copied, as "the policy"; spoken with the button. */
  readonly what: string;
  readonly label?: string | undefined;
}

const SAID: Readonly<Record<CopyState, string>> = {
  idle: '',
  copied: 'Copied.',
  refused: 'The browser refused to copy. Select the text and copy it yourself.',
};

/** Copies a text and says so. */
export function CopyButton({
  text,
  what,
  label = 'Copy',
  variant = 'ghost',
  size = 'small',
}: CopyButtonProps) {
  const { state, copy } = useCopy();
  const Icon = state === 'copied' ? Check : Copy;
  return (
    <>
      <Button
        variant={variant}
        size={size}
        icon={<Icon size={14} aria-hidden />}
        aria-label={`${label} ${what}`}
        title={state === 'refused' ? SAID.refused : undefined}
        onClick={() => copy(typeof text === 'function' ? text() : text)}
      >
        {state === 'idle' ? label : state === 'copied' ? 'Copied' : 'Not copied'}
      </Button>
      <VisuallyHidden role="status">{SAID[state]}</VisuallyHidden>
    </>
  );
}

type CopyState = 'idle' | 'copied' | 'refused';

const SHOWN_MS = 2500;

/** Copies to the clipboard and says for a moment how it went. */
function useCopy(): { readonly state: CopyState; readonly copy: (text: string) => void } {
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
