import Flag from 'lucide-react/icons/flag';
import { useMemo } from 'react';

import { SamplesStrip } from '../../../charts/SamplesStrip.tsx';
import { formatMoney } from '../../../lib/format.ts';
import { checkRules } from '../../../domain/acceptance/check.ts';
import { conclude, type Conclusion } from '../../../domain/acceptance/conclude.ts';
import {
  sampleStatistics,
  savingInterval,
  type SampleStatistics,
} from '../../../domain/acceptance/sampleStatistics.ts';
import type { ProposalDetail } from '../../../domain/answers/desk.ts';
import type { Proposal } from '../../../domain/experiment/normalised.ts';
import { roundedMean, savingOf } from '../../../domain/experiment/saving.ts';
import { Card } from '../../../ui/Card.tsx';
import { FactList } from '../../../ui/FactList.tsx';
import { Money } from '../../shared/Money.tsx';
import { lostSamples } from '../../shared/sampleWords.ts';
import { savingNote } from '../../shared/savingWords.ts';
import type { DeskRow } from '../deskRow.ts';
import { basisOf, conclusionWords } from './basis.ts';
import { RuleList } from './RuleList.tsx';
import { intervalWords } from './ruleWords.ts';
import styles from './VerdictCard.module.css';

interface VerdictCardProps {
  readonly row: DeskRow;
  readonly detail: ProposalDetail | undefined;
}

/** The stored verdict held against the stored numbers, rule by rule. */
export function VerdictCard({ row, detail }: VerdictCardProps) {
  const { proposal, rules } = row;
  const samples = detail?.samples ?? noSamples;
  const unreadable = detail?.unreadableSamples.length ?? 0;
  // A mean over some of the samples is not what was judged.
  const statistics = useMemo(
    () => (unreadable > 0 ? undefined : sampleStatistics(samples)),
    [samples, unreadable],
  );
  const mean = useMemo(
    () =>
      statistics === undefined
        ? undefined
        : { cents: statistics.meanSavingCents, interval: savingInterval(statistics) },
    [statistics],
  );
  const checks = useMemo(() => checkRules(proposal, rules, statistics), [proposal, rules, statistics]);
  const conclusion = conclude(proposal, rules, checks);
  const compared = proposal.verdictSource === 'evaluation row' || statistics !== undefined;
  return (
    <Card
      title="Was the verdict right?"
      padded
      actions={<Answer conclusion={conclusion} hasSamples={statistics !== undefined} />}
    >
      <div className={styles.columns}>
        <section className={styles.part} aria-label="What it rests on">
          {statistics === undefined ? (
            <>
              <p className={styles.words}>
                {unreadable > 0
                  ? `${lostSamples(samples.length, unreadable)}: their mean and their interval are unknown, and the rules are held against the stored sums.`
                  : basisOf(proposal, detail, rules.compares)}
              </p>
              {unreadable > 0 && samples.length > 0 && (
                <SamplesStrip name={`Savings of ${proposal.agentId}`} samples={samples} />
              )}
              {compared && <StoredNumbers proposal={proposal} />}
            </>
          ) : (
            <>
              <h3>Saving per sample, {statistics.count} paired samples</h3>
              <SamplesStrip name={`Savings of ${proposal.agentId}`} samples={samples} mean={mean} />
              <SampleFacts statistics={statistics} note={savingNote(proposal)} />
            </>
          )}
        </section>
        {compared && (
          <section className={styles.part} aria-label="Rules">
            <h3>Rules of this experiment, in their order</h3>
            <RuleList checks={checks} />
            {proposal.newCostIntervalCents !== undefined && (
              <p className={styles.words}>
                The stored interval,{' '}
                {intervalWords(proposal.newCostIntervalCents.map(Number) as [number, number])}, is of the new
                cost, not of the saving.
              </p>
            )}
          </section>
        )}
      </div>
    </Card>
  );
}

const noSamples: ProposalDetail['samples'] = [];

function Answer({ conclusion, hasSamples }: { conclusion: Conclusion; hasSamples: boolean }) {
  const words = conclusionWords(conclusion, hasSamples);
  switch (conclusion.kind) {
    case 'follows':
      return (
        <span className={`${styles.answer ?? ''} ${styles.good ?? ''}`}>
          <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden>
            <circle cx="5" cy="5" r="4" fill="currentColor" />
          </svg>
          {words}
        </span>
      );
    case 'contradicts':
      return (
        <span className={`${styles.answer ?? ''} ${styles.flagged ?? ''}`}>
          <Flag size={13} aria-hidden />
          {words}
        </span>
      );
    case 'cannot tell':
      return <span className={styles.answer}>{words}</span>;
  }
}

function SampleFacts({ statistics, note }: { statistics: SampleStatistics; note: string | undefined }) {
  const { better, worse, equal, savingSumCents, count } = statistics;
  const interval = savingInterval(statistics);
  return (
    <FactList
      facts={[
        {
          label: 'mean saving',
          value: <b>{formatMoney(roundedMean(savingSumCents, count))}</b>,
          note,
        },
        {
          label: '95 % interval of the saving',
          value: interval === undefined ? `none: ${count} sample` : intervalWords(interval),
        },
        { label: 'better / worse / equal', value: `${better} / ${worse} / ${equal}` },
      ]}
    />
  );
}

function StoredNumbers({ proposal }: { proposal: Proposal }) {
  const saving = savingOf(proposal);
  return (
    <FactList
      facts={[
        { label: 'old cost', value: <Money cents={proposal.oldCostCents} /> },
        { label: 'new cost', value: <Money cents={proposal.newCostCents} /> },
        {
          label: 'saving',
          value: <b>{saving === undefined ? 'not recorded' : formatMoney(saving.cents)}</b>,
          note: savingNote(proposal),
        },
      ]}
    />
  );
}
