import TriangleAlert from 'lucide-react/icons/triangle-alert';

import { isLarge, type OpenFile } from '../../data/session/state.ts';
import { useAnswer } from '../../data/useAnswer.ts';
import { doesNotFollow, type Contradiction } from '../../domain/contradictions/contradiction.ts';
import { contradictionSentence, subjectWords } from '../../domain/contradictions/sentences.ts';
import { formatCount, plural } from '../../lib/format.ts';
import type { ExperimentId } from '../../lib/ids.ts';
import { contradictions } from '../../queries/fileFindings.ts';
import { Disclosure } from '../../ui/Disclosure.tsx';
import { Notice } from '../../ui/Notice.tsx';
import styles from './Contradictions.module.css';

interface ContradictionMarkProps {
  readonly found: readonly Contradiction[];
  /** Names whom each sentence is about, where a row holds several agents. */
  readonly withSubject?: boolean;
}

/** The sign of a row about which the file contradicts itself; the sentences when the pointer rests on it. */
export function ContradictionMark({ found, withSubject = false }: ContradictionMarkProps) {
  const sentences = found.map((one) =>
    withSubject ? `${subjectWords(one.subject)}: ${contradictionSentence(one)}` : contradictionSentence(one),
  );
  return (
    <span className={styles.mark} title={sentences.join(' ')}>
      <TriangleAlert size={12} aria-hidden />
      {contradictionWord(found)}
    </span>
  );
}

/** The word of the sign, which sorts, copies and exports too. */
export function contradictionWord(found: readonly Contradiction[]): string {
  return found.some(doesNotFollow) ? 'does not follow' : 'contradiction';
}

interface ContradictionNoticeProps {
  /** Undefined while they are looked for. */
  readonly found: readonly Contradiction[] | undefined;
  /** Leaves the subject out where the page is about it alone. */
  readonly withSubject?: boolean;
  /** Where a contradiction can be looked at; none: its subject is plain words. */
  readonly hrefOf?: (found: Contradiction) => string | undefined;
}

const shownAtOnce = 4;

/** Records of the file that contradict each other, each in a sentence with both values. */
export function ContradictionNotice({ found, withSubject = true, hrefOf }: ContradictionNoticeProps) {
  if (found === undefined || found.length === 0) return null;
  const item = (one: Contradiction, index: number) => {
    const href = hrefOf?.(one);
    const subject = subjectWords(one.subject);
    return (
      <li key={index} data-contradiction={one.code}>
        {withSubject && (href === undefined ? <b>{subject}: </b> : <a href={href}>{subject}</a>)}
        {withSubject && href !== undefined && ': '}
        {contradictionSentence(one)}
      </li>
    );
  };
  const rest = found.slice(shownAtOnce);
  return (
    <Notice tone="warning" code="contradiction">
      <b>{plural(found.length, 'contradiction')} in what the file stores.</b>
      <ul className={styles.list}>{found.slice(0, shownAtOnce).map(item)}</ul>
      {rest.length > 0 && (
        <Disclosure summary={`${formatCount(rest.length)} more`}>
          <ul className={styles.list}>{rest.map((one, index) => item(one, index + shownAtOnce))}</ul>
        </Disclosure>
      )}
    </Notice>
  );
}

const none: readonly Contradiction[] = [];

/**
 * The contradictions of one experiment; undefined while they are looked for, and in a large file, where that reads
 * every exchange and sample.
 */
export function useContradictions(
  file: OpenFile,
  experimentId: ExperimentId | undefined,
): readonly Contradiction[] | undefined {
  const { data } = useAnswer({
    ...contradictions.about({ fileId: file.fileId, experimentId }),
    enabled: experimentId !== undefined && !isLarge(file),
  });
  return data === undefined ? undefined : (data[0]?.found ?? none);
}

/** Of a large file: what was not looked for, so that no page looks clean for want of looking. */
export function NotCheckedNotice({ file }: { file: OpenFile }) {
  if (!isLarge(file)) return null;
  return (
    <Notice>
      {file.name} is large: its records are not checked against each other here, nor for values that cannot be
      read. “Count all verdicts” on the list of experiments checks its records.
    </Notice>
  );
}
