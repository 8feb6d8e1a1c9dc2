import Flag from 'lucide-react/icons/flag';
import { Fragment, useMemo } from 'react';
import { SamplesStrip } from '../../../charts/SamplesStrip.tsx';
import { formatMoney } from '../../../lib/format.ts';
import { checkRules, type CheckOutcome, type RuleCheck } from '../../../domain/acceptance/check.ts';
import { conclude, type Conclusion } from '../../../domain/acceptance/conclude.ts';
import {
  sampleStatistics,
  savingInterval,
  type SampleStatistics,
  studentT,
} from '../../../domain/acceptance/statistics.ts';
import type { ProposalDetail } from '../../../domain/answers/desk.ts';
import type { Proposal } from '../../../domain/experiment/normalised.ts';
import { roundedMean, savingOf } from '../../../domain/experiment/saving.ts';
import { Card } from '../../../ui/Card.tsx';
import { type SignShape, StatusSign } from '../../../ui/StatusMark.tsx';
import { FactList } from '../../../ui/FactList.tsx';
import { Money } from '../../shared/Values.tsx';
import { lostSamples } from '../../shared/words.ts';
import { savingNote } from '../../shared/proposals/proposalWords.ts';
import type { DeskRow } from '../../shared/proposals/deskRow.ts';
import { intervalWords, isVacuous, outcomeWords, ruleLine, type RuleLine } from './ruleWords.ts';
import styles from './VerdictCard.module.css';
import { doesNotFollowWords } from '../../../domain/contradictions/sentences.ts';
import { cx } from '../../../ui/cx.ts';

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
    <Card title="Was the verdict right?" padded actions={<Answer conclusion={conclusion} />}>
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

function Answer({ conclusion }: { conclusion: Conclusion }) {
  const words = conclusionWords(conclusion);
  switch (conclusion.kind) {
    case 'follows':
      return (
        <span className={`${styles.answer ?? ''} ${styles.good ?? ''}`}>
          <StatusSign shape="dot" />
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
          note:
            interval === undefined
              ? undefined
              : `t = ${studentT(count - 1)} for ${count - 1} degrees of freedom, from the stepped table of the original`,
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

/** What the verdict rests on, where no samples are stored; one sentence. */
function basisOf(proposal: Proposal, detail: ProposalDetail | undefined, compares: boolean): string {
  const { verdict, verdictSource, sampleCount } = proposal;
  if (verdict === 'invalid') return 'The answer could not be used as a policy, so nothing was run.';
  if (!compares) return 'In temporal mode every valid proposal is accepted; nothing is compared.';
  switch (verdictSource) {
    case 'evaluation row': {
      if (sampleCount !== undefined && sampleCount > 1) {
        return `Rests on ${sampleCount} paired samples of which the file keeps only the sums.`;
      }
      const seed = detail?.evaluation?.scenarioSeed;
      const which = seed === undefined ? '' : ` with seed ${seed}`;
      return `Rests on one paired run${which}: the same payments once with the policy in force, once with the proposal.`;
    }
    case 'event':
      return 'Rests on a decision event of this iteration; no samples are stored with it.';
    case 'accepted_changes':
      return 'Rests on the flag of the iteration row; costs and samples are not stored.';
    case 'derived from the next iteration':
      return derivedWords(verdict);
    case 'exchange':
      return 'Rests on the exchange with the proposer alone.';
    case 'no next iteration':
      return 'No verdict is stored, and no later iteration shows which policy came into force.';
  }
}

function derivedWords(verdict: Proposal['verdict']): string {
  switch (verdict) {
    case 'accepted':
      return 'Derived: the next iteration has this policy in force. What it was compared on is not stored.';
    case 'rejected':
      return 'Derived: the next iteration keeps the policy in force. Whether cost or a check of the policy decided is not stored.';
    case 'no_change':
      return 'The proposal is the policy in force.';
    case 'invalid':
    case 'pending':
      return 'The iterations do not show what became of it.';
  }
}

/** The answer to "was the verdict right?", as far as stored numbers can give it. */
function conclusionWords(conclusion: Conclusion): string {
  switch (conclusion.kind) {
    case 'follows':
      return `recomputed: same verdict${openWords(conclusion.open.length)}`;
    case 'contradicts':
      return doesNotFollowWords(conclusion);
    case 'cannot tell':
      switch (conclusion.why) {
        case 'no numbers':
          return 'cannot be checked: the numbers are not stored';
        case 'unreadable number':
          return 'cannot be checked: a number is unreadable';
        case 'rules unknown':
          return 'cannot be checked: the rules are not known';
        case 'nothing compared':
          return 'nothing was compared';
      }
  }
}

function openWords(open: number): string {
  return open === 0 ? '' : ', as far as the rules are known';
}

/** The acceptance rules in the order in which they are applied, each with its outcome by shape and word. */
function RuleList({ checks }: { checks: readonly RuleCheck[] }) {
  return (
    <ul className={styles.rules}>
      {checks.map((check) => (
        <Fragment key={check.rule}>
          <Rule line={ruleLine(check)} outcome={check.outcome} vacuous={isVacuous(check)} />
          {check.rule === 'significance' && check.tests !== 'saving' && <RightTest check={check} />}
        </Fragment>
      ))}
    </ul>
  );
}

/** What significance of the saving asks for, beside the rule that was applied in its place. */
function RightTest({ check: { saving, tests } }: { check: Extract<RuleCheck, { rule: 'significance' }> }) {
  if (saving === undefined && tests === undefined) return null;
  const note =
    tests === undefined
      ? 'Not a rule of this experiment.'
      : 'The test that asks about the saving; not a rule of this experiment.';
  const line = { label: '95 % interval of the saving above zero', note };
  return saving === undefined ? (
    <Rule line={{ ...line, value: 'samples not stored' }} outcome="unknown" />
  ) : (
    <Rule line={{ ...line, value: intervalWords(saving) }} outcome={saving[0] > 0 ? 'pass' : 'fail'} />
  );
}

interface RuleProps {
  readonly line: RuleLine;
  readonly outcome: CheckOutcome;
  /** It passes whatever the proposal saves: a warning, not a success. */
  readonly vacuous?: boolean;
}

function Rule({ line: { label, value, note }, outcome, vacuous = false }: RuleProps) {
  const tone = vacuous ? styles.warning : toneOf(outcome);
  return (
    <li className={styles.rule} data-outcome={vacuous ? 'vacuous' : outcome}>
      <StatusSign shape={vacuous ? 'triangle' : shapes[outcome]} className={cx(styles.sign, tone)} />
      <span>
        {label}
        {note !== undefined && <span className={styles.quiet}>{note}</span>}
      </span>
      <span className={styles.value}>
        {value !== '' && <span className={styles.number}>{value}</span>}
        <span className={cx(styles.quiet, tone)}>{vacuous ? 'cannot fail' : outcomeWords[outcome]}</span>
      </span>
    </li>
  );
}

function toneOf(outcome: CheckOutcome): string | undefined {
  switch (outcome) {
    case 'pass':
      return styles.good;
    case 'fail':
      return styles.bad;
    case 'not in force':
    case 'not tested':
    case 'unknown':
      return undefined;
  }
}

const shapes: Readonly<Record<CheckOutcome, SignShape>> = {
  pass: 'dot',
  fail: 'cross',
  unknown: 'ring',
  'not in force': 'bar',
  'not tested': 'bar',
};
