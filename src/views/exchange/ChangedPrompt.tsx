import { structuredPatch } from 'diff';
import { useState } from 'react';

import { formatCount, plural } from '../../lib/format.ts';
import { Button } from '../../ui/Button.tsx';
import { LongText } from '../../ui/LongText.tsx';
import { ToggleGroup } from '../../ui/ToggleGroup.tsx';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import styles from './ExchangePanel.module.css';

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

interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

interface Hunk {
  /** Line numbers in the new text, from 1. */
  readonly firstLine: number;
  readonly lines: readonly DiffLine[];
}

export interface LineDiff {
  readonly added: number;
  readonly removed: number;
  readonly hunks: readonly Hunk[];
}

/** Beyond so many changed lines two texts are not a version of each other; comparing them would take long. */
const mostEdits = 4000;

/** What changed between two texts, line by line; undefined when nearly everything did. */
export function lineDiff(before: string, after: string): LineDiff | undefined {
  const options = { context: 2, maxEditLength: mostEdits };
  const patch = structuredPatch('', '', before, after, undefined, undefined, options);
  if (patch === undefined) return undefined;
  const hunks = patch.hunks.map(({ newStart, lines }) => ({
    firstLine: newStart,
    // A last line without an end is told of by a line of its own.
    lines: lines.filter((line) => !line.startsWith('\\')).map(readLine),
  }));
  const count = (kind: DiffLine['kind']) =>
    hunks.reduce((sum, { lines }) => sum + lines.filter((line) => line.kind === kind).length, 0);
  return { added: count('added'), removed: count('removed'), hunks };
}

function readLine(line: string): DiffLine {
  const text = line.slice(1);
  if (line.startsWith('+')) return { kind: 'added', text };
  return { kind: line.startsWith('-') ? 'removed' : 'same', text };
}

/** `6 lines new, 2 gone`. */
export function diffWords({ added, removed }: Pick<LineDiff, 'added' | 'removed'>): string {
  if (added + removed === 0) return 'unchanged';
  if (added === 0) return `${plural(removed, 'line')} gone`;
  return `${plural(added, 'line')} new${removed === 0 ? '' : `, ${formatCount(removed)} gone`}`;
}
