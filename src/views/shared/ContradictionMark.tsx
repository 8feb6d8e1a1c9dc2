import TriangleAlert from 'lucide-react/icons/triangle-alert';

import { doesNotFollow, type Contradiction } from '../../domain/contradictions/contradiction.ts';
import { contradictionSentence, subjectWords } from '../../domain/contradictions/sentences.ts';
import styles from './ContradictionMark.module.css';

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
