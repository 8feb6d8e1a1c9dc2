import { diffLines } from 'diff';
import { useMemo, useState } from 'react';

import { Button } from '../../ui/Button.tsx';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import { prettyJson } from '../../lib/json.ts';
import type { ComparedPolicies } from './comparison.ts';
import styles from './TextDiff.module.css';

interface Line {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
  readonly before: number | undefined;
  readonly after: number | undefined;
}

/** Unchanged lines shown around a change. */
const context = 3;
/** More lines than this are not put on a page at once. */
const lineLimit = 3000;

/** Both policies as text, set out over lines, with signs and line numbers. */
export function TextDiff({ comparison: { before, after } }: { comparison: ComparedPolicies }) {
  const [isAll, setIsAll] = useState(false);
  const lines = useMemo(() => linesOf(before.text, after.text), [before.text, after.text]);
  const shown = isAll ? lines : nearChanges(lines);
  const left = lines.length - shown.length;
  return (
    <div className={styles.diff}>
      <table className={styles.table} aria-label={`Text of ${before.label} and ${after.label}`}>
        <thead>
          <tr>
            <th>{before.label}</th>
            <th>{after.label}</th>
            <th>
              <VisuallyHidden>Change</VisuallyHidden>
            </th>
            <th>Line</th>
          </tr>
        </thead>
        <tbody>
          {shown.slice(0, lineLimit).map((line) => (
            <tr key={`${line.before} ${line.after}`} className={styles[line.kind]}>
              <td className={styles.number}>{line.before}</td>
              <td className={styles.number}>{line.after}</td>
              <td className={styles.sign}>{signs[line.kind]}</td>
              <td className={styles.text}>{line.text}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length > lineLimit && <p>{shown.length - lineLimit} more lines are not shown.</p>}
      {(left > 0 || isAll) && (
        <Button size="small" onClick={() => setIsAll(!isAll)}>
          {isAll ? 'Show changed lines only' : `Show ${left} unchanged lines`}
        </Button>
      )}
    </div>
  );
}

const signs = {
  same: '',
  added: (
    <>
      <span aria-hidden>+</span>
      <VisuallyHidden>added</VisuallyHidden>
    </>
  ),
  removed: (
    <>
      <span aria-hidden>−</span>
      <VisuallyHidden>removed</VisuallyHidden>
    </>
  ),
} as const;

function linesOf(before: string | undefined, after: string | undefined): Line[] {
  const parts = diffLines(pretty(before), pretty(after));
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  for (const part of parts) {
    for (const text of part.value.replace(/\n$/, '').split('\n')) {
      if (!part.added) i += 1;
      if (!part.removed) j += 1;
      lines.push({
        kind: part.added ? 'added' : part.removed ? 'removed' : 'same',
        text,
        before: part.added ? undefined : i,
        after: part.removed ? undefined : j,
      });
    }
  }
  return lines;
}

/** A line break at the end, so that the last line does not differ by it. */
function pretty(text: string | undefined): string {
  return text === undefined ? '' : `${prettyJson(text)}\n`;
}

function nearChanges(lines: readonly Line[]): Line[] {
  const near = new Set<number>();
  for (const [i, line] of lines.entries()) {
    if (line.kind === 'same') continue;
    for (let k = i - context; k <= i + context; k += 1) near.add(k);
  }
  return lines.filter((_, i) => near.has(i));
}
