import type { Opinion } from '../../storage/reviews/review.ts';
import { Kbd } from '../../ui/Kbd.tsx';
import type { Arranged } from './arrange.ts';
import styles from './Desk.module.css';
import type { ContradictionsOf, DeskRow } from './deskRow.ts';
import { QueueFilters } from './QueueFilters.tsx';
import { QueueList } from './QueueList.tsx';
import type { SpreadOf } from './useDesk.ts';
import type { Position } from './usePosition.ts';

interface QueueProps {
  readonly all: readonly DeskRow[];
  /** Passed by the filters, whatever the verdict. */
  readonly filtered: readonly DeskRow[];
  readonly arranged: Arranged;
  readonly position: Position;
  readonly opinionOf: (row: DeskRow) => Opinion | undefined;
  readonly spreadOf: SpreadOf;
  readonly contradictionsOf: ContradictionsOf;
  readonly withExperiment: boolean;
  /** The rows stand elsewhere, as a table: only the filters are here. */
  readonly asTable: boolean;
}

/** The proposals to go through. */
export function Queue(props: QueueProps) {
  const { all, filtered, arranged, position, opinionOf, spreadOf, contradictionsOf } = props;
  const { withExperiment, asTable } = props;
  return (
    <section className={styles.queue} aria-label="Queue">
      <QueueFilters
        all={all}
        rows={filtered}
        contradictionsOf={contradictionsOf}
        withExperiment={withExperiment}
      />
      {asTable ? null : (
        <>
          <QueueList
            items={arranged.items}
            rowCount={arranged.rows.length}
            selectedKey={position.selected?.key}
            onSelect={position.select}
            onMove={position.move}
            opinionOf={opinionOf}
            spreadOf={spreadOf}
            contradictionsOf={contradictionsOf}
            withExperiment={withExperiment}
            emptyText={emptyWords(all.length, filtered.length)}
          />
          <div className={styles.foot}>
            <span>
              <Kbd name="j" /> <Kbd name="k" /> next, previous
            </span>
            <span>
              <Kbd name="a" /> <Kbd name="d" /> <Kbd name="u" /> judge
            </span>
            <span>
              <Kbd name="e" /> note
            </span>
          </div>
        </>
      )}
    </section>
  );
}

function emptyWords(all: number, filtered: number): string {
  if (all === 0) return 'No proposal is recorded here.';
  return filtered === 0 ? 'No proposal fits the filters.' : 'No proposal of this verdict fits the filters.';
}
