import { storedAs } from '../../domain/unreadable.ts';
import { formatMoney, plural } from '../../lib/format.ts';
import type { AgentIteration } from '../../domain/answers/experiments.ts';
import type { Proposal } from '../../domain/experiment/normalised.ts';
import { cents, subtractCents, type Cents } from '../../lib/units.ts';
import { FactList, type Fact } from '../../ui/FactList.tsx';
import { SavingMoney, StoredReason, Money } from '../shared/Values.tsx';
import styles from './AgentSection.module.css';
import { rateWords, sourceMeanings } from '../shared/words.ts';
import { savingNote, verdictDetail } from '../shared/proposals/proposalWords.ts';
import { VerdictMark } from '../shared/Marks.tsx';
import { savingOf, type Saving } from '../../domain/experiment/saving.ts';

interface VerdictPanelProps {
  readonly agent: AgentIteration;
  /** What the file tells of it where there is no proposal. */
  readonly noProposal: string;
  /** This proposal on the rejection desk. */
  readonly deskHref: string;
}

/** What was decided on the proposal, from what, and by which numbers. */
export function VerdictPanel({ agent, noProposal, deskHref }: VerdictPanelProps) {
  const { proposal } = agent;
  if (proposal === undefined) {
    return (
      <>
        <h3>{agent.unreadableExchanges.length > 0 ? 'Unknown proposal' : 'No proposal'}</h3>
        <p>{`${noProposal.charAt(0).toUpperCase()}${noProposal.slice(1)}.`}</p>
      </>
    );
  }
  return (
    <>
      <h3>
        <VerdictMark verdict={proposal.verdict} detail={verdictDetail(proposal)} />
      </h3>
      <Costs proposal={proposal} />
      <p>{deltaSentence(proposal)}</p>
      {proposal.note !== undefined && <p>{proposal.note}</p>}
      <FactList facts={verdictFacts(agent, proposal)} />
      <p className={styles.next}>
        <a href={deskHref}>Review on the desk</a>
      </p>
    </>
  );
}

/** Old and new cost of one comparison and what lies between them, beside each other. */
function Costs({ proposal }: { proposal: Proposal }) {
  const { unreadable } = proposal;
  return (
    <dl className={styles.costs}>
      <div>
        <dt>old cost</dt>
        <dd>
          <Money cents={proposal.oldCostCents} stored={unreadable?.get('oldCostCents')} />
        </dd>
      </div>
      <div>
        <dt>new cost</dt>
        <dd>
          <Money cents={proposal.newCostCents} stored={unreadable?.get('newCostCents')} />
        </dd>
      </div>
      <div>
        <dt>saving</dt>
        <dd>
          <SavingMoney proposal={proposal} />
        </dd>
      </div>
    </dl>
  );
}

function verdictFacts(agent: AgentIteration, proposal: Proposal): Fact[] {
  const { evaluation } = agent;
  return [
    {
      label: 'verdict from',
      value: <span title={sourceMeanings[proposal.verdictSource]}>{proposal.verdictSource}</span>,
    },
    {
      label: proposal.verdict === 'invalid' ? 'error' : 'reason',
      value: proposal.reason === undefined ? 'not recorded' : <StoredReason stored={proposal.reason} />,
    },
    ...sampleFacts(proposal),
    ...unreadableFacts(proposal),
    ...(proposal.settlementRate === undefined
      ? []
      : [
          {
            label: 'settlement rate',
            value: rateWords(proposal.settlementRate),
            note: 'of the whole system',
          },
        ]),
    ...(evaluation === undefined
      ? []
      : [
          { label: 'evaluation mode', value: evaluation.mode },
          ...(evaluation.scenarioSeed === undefined
            ? []
            : [{ label: 'scenario seed', value: evaluation.scenarioSeed }]),
          {
            label: 'cost in the iteration',
            value: <Money cents={evaluation.contextCostCents} />,
            note: 'another run than the comparison',
          },
        ]),
  ];
}

const unreadableLabels: readonly (readonly [keyof Proposal, string, 'cents' | 'number' | 'JSON'])[] = [
  ['settlementRate', 'settlement rate', 'number'],
  ['deltaSumCents', 'sum of the savings', 'cents'],
  ['sampleCount', 'samples', 'number'],
  ['newCostStdDevCents', 'standard deviation', 'cents'],
  ['newCostIntervalCents', '95 % interval', 'cents'],
];

/** What is stored and cannot be read; a rule that needs it is not tested. */
function unreadableFacts({ unreadable }: Proposal): Fact[] {
  return unreadableLabels.flatMap(([field, label, wanted]) => {
    const stored = unreadable?.get(field);
    return stored === undefined ? [] : [{ label, value: storedAs(stored, wanted) }];
  });
}

/** What is stored of the samples; a stored sum that the costs contradict says that it is the stored one. */
export function sampleFacts(proposal: Proposal): Fact[] {
  const { sampleCount, deltaSumCents, newCostStdDevCents, newCostIntervalCents } = proposal;
  const facts: Fact[] = [];
  if (sampleCount !== undefined) facts.push({ label: 'samples', value: String(sampleCount) });
  if (deltaSumCents !== undefined) {
    const isContradicted = savingOf(proposal)?.contradictedDeltaCents !== undefined;
    facts.push({
      label: 'sum of the savings',
      value: `${isContradicted ? 'stored as ' : ''}${formatMoney(deltaSumCents)}`,
      note: savingNote(proposal),
    });
  }
  if (newCostStdDevCents !== undefined) {
    facts.push({
      label: 'standard deviation',
      value: `${formatMoney(newCostStdDevCents)} (new cost)`,
    });
  }
  if (newCostIntervalCents !== undefined) {
    facts.push({
      label: '95 % interval',
      value: `${interval(newCostIntervalCents)} (mean new cost)`,
    });
  }
  return facts;
}

function interval([low, high]: readonly [Cents, Cents]): string {
  return `${formatMoney(low)} to ${formatMoney(high)}`;
}

/** The saving in words: old minus new, the mean over paired samples where there are any. */
export function deltaSentence(proposal: Proposal): string {
  if (proposal.verdict === 'invalid') {
    return proposal.invalidBecause === 'failed validation'
      ? 'The policy in the answer failed validation, so nothing was evaluated.'
      : 'No usable policy could be read from the answer, so nothing was evaluated.';
  }
  const saving = savingOf(proposal);
  if (saving === undefined) return 'What the proposal would have cost is not recorded in this file.';
  const on = saving.samples === undefined ? '' : ` on the mean of ${plural(saving.samples, 'sample')}`;
  const exact = saving.sumCents ?? saving.cents;
  if (exact === 0n) return `The proposal costs the same as the policy in force${on}.${contradicted(saving)}`;
  const words = `${sizeOf(saving)} ${exact > 0n ? 'cheaper' : 'dearer'} than`;
  return `The proposal is ${words} the policy in force${on}.${contradicted(saving)}`;
}

function contradicted({ contradictedDeltaCents: stored, samples }: Saving): string {
  if (stored === undefined) return '';
  const what = samples === undefined ? 'delta' : 'sum of the deltas';
  return ` The stored ${what}, ${formatMoney(stored)}, contradicts the costs.`;
}

function sizeOf({ cents: saving }: Saving): string {
  if (saving === 0n) return 'less than a cent';
  return formatMoney(saving < 0n ? subtractCents(cents(0n), saving) : saving);
}
