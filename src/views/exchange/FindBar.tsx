import ChevronDown from 'lucide-react/icons/chevron-down';
import ChevronUp from 'lucide-react/icons/chevron-up';

import { IconButton } from '../../ui/IconButton.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import styles from './ExchangePanel.module.css';
import { mostHits } from './findText.ts';

interface FindBarProps {
  readonly words: string;
  readonly onWords: (words: string) => void;
  /** Counted from 0. */
  readonly current: number;
  readonly total: number;
  readonly onMove: (step: 1 | -1) => void;
}

/** Looks for words in all texts; Enter goes to the next place, with Shift to the one before. */
export function FindBar({ words, onWords, current, total, onMove }: FindBarProps) {
  const most = total === mostHits ? `${total} or more` : String(total);
  return (
    <div
      role="search"
      className={styles.find}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return;
        event.preventDefault();
        if (total > 0) onMove(event.shiftKey ? -1 : 1);
      }}
    >
      <SearchField label="Find in the exchange" value={words} onChange={onWords} />
      <span role="status" className={styles.quiet}>
        {words === '' ? '' : total === 0 ? 'not found' : `${current + 1} of ${most}`}
      </span>
      <IconButton
        size="small"
        label="Previous place"
        icon={<ChevronUp size={14} aria-hidden />}
        disabled={total === 0}
        onClick={() => onMove(-1)}
      />
      <IconButton
        size="small"
        label="Next place"
        icon={<ChevronDown size={14} aria-hidden />}
        disabled={total === 0}
        onClick={() => onMove(1)}
      />
    </div>
  );
}
