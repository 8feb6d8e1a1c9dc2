import TriangleAlert from 'lucide-react/icons/triangle-alert';

import { doesNotFollow, type Contradiction } from '../../domain/contradictions/contradiction.ts';
import { contradictionSentence } from '../../domain/contradictions/sentences.ts';
import styles from './ContradictionMark.module.css';

/** The sign of a row about which the file contradicts itself; the sentences when the pointer rests on it. */
export function ContradictionMark({ found }: { readonly found: readonly Contradiction[] }) {
  return (
    <span className={styles.mark} title={found.map(contradictionSentence).join(' ')}>
      <TriangleAlert size={12} aria-hidden />
      {contradictionWord(found)}
    </span>
  );
}

/** The word of the sign, which sorts, copies and exports too. */
export function contradictionWord(found: readonly Contradiction[]): string {
  return found.some(doesNotFollow) ? 'does not follow' : 'contradiction';
}
