import { useState } from 'react';

import { isUnnamed, longestName } from '../../../storage/reviews/review.ts';
import { Button } from '../../../ui/Button.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import styles from './JudgementPanel.module.css';

interface ReviewerNameProps {
  readonly reviewer: string;
  readonly onChange: (name: string) => void;
}

/** Under whose name one judges; asked for nowhere else. */
export function ReviewerName({ reviewer, onChange }: ReviewerNameProps) {
  const unnamed = isUnnamed(reviewer);
  const [name, setName] = useState<string>();
  if (name === undefined) {
    return (
      <p className={styles.by}>
        <span>
          {unnamed ? (
            'Judging without a name.'
          ) : (
            <>
              Judging as <bdi>{reviewer}</bdi>.
            </>
          )}
        </span>
        <Button variant="ghost" size="small" onClick={() => setName(unnamed ? '' : reviewer)}>
          {unnamed ? 'Give a name' : 'Change name'}
        </Button>
      </p>
    );
  }
  const keep = () => {
    onChange(name.slice(0, longestName));
    setName(undefined);
  };
  return (
    <div className={styles.name}>
      <TextField
        label="Your name"
        value={name}
        onChange={setName}
        onEnter={keep}
        note="Optional. It tells reviewers apart when reviews are merged. What you judged without a name moves to it."
      />
      <div className={styles.buttons}>
        <Button size="small" onClick={keep}>
          Keep name
        </Button>
        <Button variant="ghost" size="small" onClick={() => setName(undefined)}>
          Cancel
        </Button>
      </div>
    </div>
  );
}
