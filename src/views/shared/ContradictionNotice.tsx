import type { Contradiction } from '../../domain/contradictions/contradiction.ts';
import { contradictionSentence, subjectWords } from '../../domain/contradictions/sentences.ts';
import { formatCount, plural } from '../../lib/format.ts';
import { Disclosure } from '../../ui/Disclosure.tsx';
import { Notice } from '../../ui/Notice.tsx';
import styles from './ContradictionNotice.module.css';

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
