import { Fragment, useEffect, useRef } from 'react';

import styles from './ExchangePanel.module.css';
import type { Hit } from './findText.ts';

interface FoundTextProps {
  readonly what: string;
  readonly text: string;
  /** In order, without overlaps. */
  readonly hits: readonly Hit[];
  /** The one to bring into view. */
  readonly current: number | undefined;
}

/** A whole text with the places that were looked for. */
export function FoundText({ what, text, hits, current }: FoundTextProps) {
  const box = useRef<HTMLDivElement>(null);
  const mark = useRef<HTMLElement>(null);
  useEffect(() => {
    if (box.current === null || mark.current === null) return;
    // The box alone moves, then the page as little as it must.
    box.current.scrollTop = mark.current.offsetTop - box.current.clientHeight / 2;
    box.current.scrollIntoView({ block: 'nearest' });
  }, [current, hits]);
  return (
    <div ref={box} role="group" aria-label={`Places in ${what}`} tabIndex={0} className={styles.foundText}>
      {hits.map((hit, index) => (
        <Fragment key={hit.start}>
          {text.slice(hits[index - 1]?.end ?? 0, hit.start)}
          <mark
            ref={index === current ? mark : undefined}
            aria-current={index === current ? true : undefined}
            className={styles.mark}
          >
            {text.slice(hit.start, hit.end)}
          </mark>
        </Fragment>
      ))}
      {text.slice(hits.at(-1)?.end ?? 0)}
    </div>
  );
}
