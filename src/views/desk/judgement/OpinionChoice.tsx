import { useId } from 'react';

import type { Verdict } from '../../../domain/experiment/verdict.ts';
import { opinions, type Opinion } from '../../../storage/reviews/review.ts';
import { Kbd } from '../../../ui/Kbd.tsx';
import styles from './JudgementPanel.module.css';
import { choiceWords, opinionKeys } from './words.ts';

interface OpinionChoiceProps {
  readonly verdict: Verdict;
  readonly opinion: Opinion | undefined;
  readonly onChoose: (opinion: Opinion) => void;
  readonly onEnter: () => void;
}

/** Three choices, one below the other; native radio buttons. */
export function OpinionChoice({ verdict, opinion, onChoose, onEnter }: OpinionChoiceProps) {
  const name = useId();
  return (
    <div role="radiogroup" aria-label="Your judgement" className={styles.choices}>
      {opinions.map((choice) => (
        <label key={choice} className={styles.choice}>
          <input
            type="radio"
            className={styles.radio}
            name={name}
            checked={choice === opinion}
            aria-keyshortcuts={opinionKeys[choice]}
            onChange={() => onChoose(choice)}
            onKeyDown={(event) => {
              // A radio button does nothing on Enter, and the screen's keys leave it alone.
              if (event.key === 'Enter') onEnter();
            }}
          />
          <span className={styles.words}>
            {choiceWords(choice, verdict)}
            <span aria-hidden>
              <Kbd name={opinionKeys[choice]} />
            </span>
          </span>
        </label>
      ))}
    </div>
  );
}
