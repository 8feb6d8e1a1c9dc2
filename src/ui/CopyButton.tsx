import Check from 'lucide-react/icons/check';
import Copy from 'lucide-react/icons/copy';
import { useEffect, useState, useId } from 'react';

import { Button, type ButtonLook } from './Button.tsx';
import blockStyles from './CodeBlock.module.css';
import { VisuallyHidden } from './VisuallyHidden.tsx';

interface CopyButtonProps extends ButtonLook {
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

interface CodeBlockProps {
  /** What this is and where it goes: "Python", "In the command line". */
  readonly label: string;
  readonly text: string;
}

/** A few lines to be copied and run elsewhere. */
export function CodeBlock({ label, text }: CodeBlockProps) {
  const labelId = useId();
  return (
    <div className={blockStyles.block}>
      <div className={blockStyles.header}>
        <span id={labelId}>{label}</span>
        <CopyButton text={text} what={label} />
      </div>
      {/* A box that scrolls sideways must be reachable by keyboard. */}
      <pre className={blockStyles.code} tabIndex={0} role="group" aria-labelledby={labelId}>
        {text}
      </pre>
    </div>
  );
}
