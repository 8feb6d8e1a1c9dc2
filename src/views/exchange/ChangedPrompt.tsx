import { useState } from 'react';

import { formatCount } from '../../lib/format.ts';
import { Button } from '../../ui/Button.tsx';
import { LongText } from '../../ui/LongText.tsx';
import { ToggleGroup } from '../../ui/ToggleGroup.tsx';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import styles from './ExchangePanel.module.css';
import type { DiffLine, Hunk, LineDiff } from './lineDiff.ts';

interface ChangedPromptProps {
  readonly text: string;
  readonly diff: LineDiff;
  readonly since: number;
}

const choices = [
  { value: 'changes', label: 'Changes' },
  { value: 'whole', label: 'Whole text' },
] as const;

/** The user prompt: what is new in it since the turn before, or all of it. */
export function ChangedPrompt({ text, diff, since }: ChangedPromptProps) {
  const [shown, setShown] = useState<'changes' | 'whole'>('changes');
  const isSame = diff.hunks.length === 0;
  return (
    <div className={styles.changed}>
      {isSame ? (
        <p>The same as in iteration {since}, to the letter.</p>
      ) : (
        <ToggleGroup
          label="What to show of the user prompt"
          choices={choices}
          value={shown}
          onChange={setShown}
        />
      )}
      {isSame || shown === 'whole' ? (
        <LongText what="the user prompt" text={text} />
      ) : (
        <Hunks hunks={diff.hunks} />
      )}
    </div>
  );
}

const linesAtFirst = 60;

function Hunks({ hunks }: { hunks: readonly Hunk[] }) {
  const [all, setAll] = useState(false);
  const lineCount = hunks.reduce((sum, { lines }) => sum + lines.length, 0);
  const shown = all ? hunks : firstLines(hunks, linesAtFirst);
  return (
    <>
      <div className={styles.diff}>
        {shown.map(({ firstLine, lines }) => (
          <div key={firstLine} className={styles.hunk}>
            <div className={styles.quiet}>line {formatCount(firstLine)}</div>
            {lines.map((line, index) => (
              <Line key={index} line={line} />
            ))}
          </div>
        ))}
      </div>
      {lineCount > linesAtFirst && (
        <Button variant="ghost" size="small" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Show less' : `Show all ${formatCount(lineCount)} lines`}
        </Button>
      )}
    </>
  );
}

function firstLines(hunks: readonly Hunk[], most: number): readonly Hunk[] {
  let room = most;
  return hunks.flatMap((hunk) => {
    const lines = hunk.lines.slice(0, room);
    room -= lines.length;
    return lines.length === 0 ? [] : [{ ...hunk, lines }];
  });
}

function Line({ line: { kind, text } }: { line: DiffLine }) {
  switch (kind) {
    case 'same':
      return <div className={styles.same}>{text === '' ? ' ' : text}</div>;
    case 'added':
      return (
        <ins className={styles.added}>
          <VisuallyHidden>new: </VisuallyHidden>
          {text}
        </ins>
      );
    case 'removed':
      return (
        <del className={styles.removed}>
          <VisuallyHidden>gone: </VisuallyHidden>
          {text}
        </del>
      );
  }
}
