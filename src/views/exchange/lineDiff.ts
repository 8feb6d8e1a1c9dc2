import { formatCount, plural } from '../../lib/format.ts';
import { structuredPatch } from 'diff';

export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

export interface Hunk {
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
