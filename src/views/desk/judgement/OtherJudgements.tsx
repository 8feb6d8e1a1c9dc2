import { plural } from '../../../lib/format.ts';
import { isDisputed, type Judgement, type Remark, type Review } from '../../../storage/reviews/review.ts';
import { Disclosure } from '../../../ui/Disclosure.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import styles from './JudgementPanel.module.css';
import { opinionWords, reviewerWords, timeWords } from './judgements.ts';

interface OtherJudgementsProps {
  readonly review: Review | undefined;
  readonly reviewer: string;
}

/** What colleagues think, and what a merge replaced; where reviewers differ, all of them side by side. */
export function OtherJudgements({ review, reviewer }: OtherJudgementsProps) {
  if (review === undefined) return undefined;
  const disputed = isDisputed(review);
  const others = review.judgements.filter((judgement) => judgement.reviewer !== reviewer);
  const mine = review.judgements.find((judgement) => judgement.reviewer === reviewer);
  const shown = disputed ? review.judgements : others;
  return (
    <>
      {disputed && (
        <Notice tone="warning">Reviewers differ on this proposal. Both judgements are kept.</Notice>
      )}
      {shown.length > 0 && (
        <section aria-label="Judgements of all reviewers" className={styles.others}>
          {!disputed && <h3>Other reviewers</h3>}
          <ul className={styles.list}>
            {shown.map((judgement) => (
              <li key={judgement.reviewer} className={styles.other}>
                <OneJudgement judgement={judgement} isMine={judgement.reviewer === reviewer} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {!disputed && mine !== undefined && <Earlier remarks={mine.earlier} />}
    </>
  );
}

function OneJudgement({ judgement, isMine }: { judgement: Judgement; isMine: boolean }) {
  const { reviewer, earlier } = judgement;
  return (
    <>
      <div className={styles.who}>
        <bdi>{reviewerWords(reviewer)}</bdi>
        {isMine && <span className={styles.quiet}>you</span>}
      </div>
      <RemarkText remark={judgement} />
      <Earlier remarks={earlier} />
    </>
  );
}

function RemarkText({ remark: { opinion, note, at } }: { remark: Remark }) {
  return (
    <>
      <div className={styles.who}>
        <b>{opinion === undefined ? 'no choice' : opinionWords[opinion]}</b>
        <time dateTime={at} className={styles.quiet}>
          {timeWords(at)}
        </time>
      </div>
      {note !== '' && <p className={styles.noteText}>{note}</p>}
    </>
  );
}

function Earlier({ remarks }: { remarks: readonly Remark[] }) {
  if (remarks.length === 0) return undefined;
  const words = plural(remarks.length, 'older note');
  return (
    <Disclosure summary={words}>
      {remarks.map((remark) => (
        <RemarkText key={`${remark.at} ${remark.note}`} remark={remark} />
      ))}
    </Disclosure>
  );
}
