import type { Contradiction } from '../../domain/contradictions/contradiction.ts';
import { formatMoney } from '../../lib/format.ts';
import type { SampleSaving } from '../../domain/answers/desk.ts';
import { savingOf } from '../../domain/experiment/saving.ts';
import type { Opinion } from '../../storage/reviews/review.ts';
import { cx } from '../../ui/cx.ts';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import { ContradictionMark } from '../shared/ContradictionMark.tsx';
import { savingNote } from '../shared/savingWords.ts';
import { verdictWords } from '../shared/words.ts';
import { changeWords } from './change.ts';
import type { DeskRow } from './deskRow.ts';
import { kindTitles, missWords } from './deskWords.ts';
import { opinionWords } from './judgement/words.ts';
import styles from './QueueList.module.css';
import { rowReason } from './rowReason.ts';

interface QueueCellsProps {
  readonly row: DeskRow;
  readonly opinion: Opinion | undefined;
  readonly spread: SampleSaving | undefined;
  readonly contradictions: readonly Contradiction[];
  readonly withExperiment: boolean;
}

/** The cells of one proposal: two lines for the eye, a row of a grid for assistive technology. */
export function QueueCells({ row, opinion, spread, contradictions, withExperiment }: QueueCellsProps) {
  const { proposal, kind } = row;
  const saving = savingOf(proposal);
  const miss = missWords(row);
  const reason = rowReason(row, spread);
  return (
    <>
      <span role="gridcell" className={styles.k}>
        <span aria-hidden>k </span>
        {proposal.iteration}
      </span>
      <span className={styles.line}>
        <span role="gridcell" className={styles.agent}>
          {proposal.agentId}
        </span>
        <span role="gridcell" className={styles.change}>
          {changeWords(row)}
        </span>
        <span
          role="gridcell"
          className={cx(styles.saving, toneOf(saving?.cents))}
          title={savingNote(proposal)}
        >
          {saving === undefined ? '' : formatMoney(saving.cents)}
        </span>
      </span>
      <span className={styles.line}>
        <span role="gridcell" className={styles.reason} title={reason}>
          {/* Before the reason: it is seen whole where the line has no room for both. */}
          {contradictions.length > 0 && <ContradictionMark found={contradictions} />}
          <span className={styles.reasonWords}>{reason}</span>
        </span>
        <span role="gridcell" className={styles.miss} title="what orders the rows of a kind">
          {miss ?? ''}
        </span>
        <span role="gridcell" className={styles.verdict}>
          <VisuallyHidden>
            {verdictWords[proposal.verdict]}: {kindTitles[kind]}
          </VisuallyHidden>
        </span>
        <span role="gridcell" className={styles.opinion}>
          {opinion === undefined ? '' : opinionWords[opinion]}
        </span>
        {withExperiment && (
          <span
            role="gridcell"
            className={styles.experiment}
            title={`${row.experimentId} in ${row.file.name}`}
          >
            {row.experimentId}
          </span>
        )}
      </span>
    </>
  );
}

function toneOf(saving: bigint | undefined): string | undefined {
  if (saving === undefined || saving === 0n) return undefined;
  return saving < 0n ? styles.loss : styles.gain;
}
