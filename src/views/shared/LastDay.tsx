import { isLarge, isLargeAndFar, type OpenFile } from '../../data/session/state.ts';
import { useAnswer } from '../../data/useAnswer.ts';
import { type LastDayOnly, lastDayWords, type ExperimentDays, type DayCosts } from '../../domain/days.ts';
import { dayCosts } from '../../queries/fileFindings.ts';
import { Notice } from '../../ui/Notice.tsx';
import styles from './LastDay.module.css';

/** Beside an amount: that it is the cost of the last day alone, and what all days cost; nothing where it is not. */
export function LastDay({ only }: { only: LastDayOnly | undefined }) {
  if (only === undefined) return null;
  return <span className={styles.words}> {lastDayWords(only)}</span>;
}

/** Over a page on one experiment: what its costs leave out. */
export function LastDayNotice({ days }: { days: ExperimentDays | undefined }) {
  const [first] = days?.iterations.values() ?? [];
  const one = first?.total ?? first?.agents.values().next().value;
  if (one === undefined) return null;
  return (
    <Notice>
      The runs of this experiment are {one.dayCount} days long, and its costs are those of the last day only:
      the simulator sets them to zero at the start of each day. This holds for the costs of its proposals too.
    </Notice>
  );
}

/** The question, as its file allows: the events of a large one are not read, of a far one not even its scenarios. */
export function dayCostsOf(file: OpenFile) {
  return {
    ...dayCosts.about({ fileId: file.fileId, withEvents: !isLarge(file) }),
    enabled: !isLargeAndFar(file),
  };
}

/** Stored costs of a file that are those of the last day alone; undefined while they are looked for. */
export function useDayCosts(file: OpenFile): DayCosts | undefined {
  return useAnswer(dayCostsOf(file)).data;
}
