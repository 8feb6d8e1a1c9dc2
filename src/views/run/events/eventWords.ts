/** One line about an event, in words: who, what, when due (keys: domain.md 7.2). Amounts stand in their own column. */
import { listedCosts, opportunityCost } from '../../../domain/costs.ts';
import type { EventOutcome } from '../../../domain/answers/runs.ts';
import { Details, parseDetails, say, reasonWords } from './eventDetails.ts';
import { formatMoney, plural } from '../../../lib/format.ts';

/** What the words need of a row; the payment cache of the engine may add the parties. */
export interface EventFacts {
  readonly eventType: string;
  readonly agentId: string | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly details: string;
  readonly outcome?: EventOutcome | undefined;
}

type Words = (details: Details, parties: string | undefined) => readonly (string | undefined)[];

function parts(count: string | undefined): string | undefined {
  return count === undefined ? undefined : `into ${count} parts`;
}

const payments = (ids: readonly string[]): string => plural(ids.length, 'payment');

function costs(details: Details): readonly (string | undefined)[] {
  const stored = details.object('costs');
  let listed = 0n;
  const isWhole = listedCosts.every(({ eventKey }) => stored.noMoney(eventKey) === undefined);
  const said = listedCosts.map(({ eventKey: key, word }) => {
    const part = stored.cents(key) ?? 0n;
    listed += part;
    const broken = say(`${word} `, stored.noMoney(key));
    return part === 0n ? broken : say(`${word} `, stored.money(key));
  });
  const total = stored.cents('total');
  const rest = total === undefined || !isWhole ? 0n : total - listed;
  return [
    ...said,
    say('total ', stored.noMoney('total')),
    rest === 0n ? undefined : `${opportunityCost.word} ${new Details({ rest }).money('rest') ?? ''}`,
  ];
}

const algorithms: Readonly<Record<string, string>> = {
  '1': 'first in, first out',
  '2': 'offsets of two banks',
  '3': 'cycles of banks',
};

const words: Readonly<Record<string, Words>> = {
  Arrival: (d, who) => [
    who,
    say('deadline tick ', d.tick('deadline')),
    say('priority ', d.count('priority')),
    d.truth('is_divisible') ? 'may be split' : undefined,
  ],
  PolicyHold: (d, who) => [who, reasonWords(d.text('reason'))],
  PolicyDrop: (d, who) => [who, reasonWords(d.text('reason'))],
  PolicySplit: (d, who) => [who, parts(d.count('num_splits'))],
  TransactionReprioritized: (d, who) => [
    who,
    `priority ${d.count('old_priority') ?? '?'} → ${d.count('new_priority') ?? '?'}`,
  ],
  PriorityEscalated: (d, who) => [
    who,
    `priority ${d.count('original_priority') ?? '?'} → ${d.count('escalated_priority') ?? '?'}`,
    say('', d.count('ticks_until_deadline'), ' ticks to the deadline'),
  ],
  CollateralPost: (d, who) => [who, say('now ', d.money('new_total')), reasonWords(d.text('reason'))],
  CollateralWithdraw: (d, who) => [who, say('now ', d.money('new_total')), reasonWords(d.text('reason'))],
  CollateralTimerWithdrawn: (d, who) => [
    who,
    say('now ', d.money('new_total')),
    say('posted at tick ', d.tick('posted_at_tick')),
    reasonWords(d.text('original_reason')),
  ],
  CollateralTimerBlocked: (d, who) => [
    who,
    say('asked for ', d.money('requested_amount')),
    reasonWords(d.text('reason')),
    say('posted at tick ', d.tick('posted_at_tick')),
  ],
  StateRegisterSet: (d, who) => [
    who,
    say('', d.text('register_key')),
    `${d.stored('old_value') ?? 'unset'} → ${d.stored('new_value') ?? 'unset'}`,
    reasonWords(d.text('reason')),
    say('by ', d.text('decision_path')),
  ],
  BankBudgetSet: (d, who) => [
    who,
    say('may release ', d.money('max_value')),
    say('each counterparty at most ', d.money('max_per_counterparty')),
    d.texts('focus_counterparties').length === 0
      ? undefined
      : `only to ${d.texts('focus_counterparties').join(', ')}`,
  ],
  RtgsSubmission: (d, who) => [
    who,
    say('', d.text('rtgs_priority')),
    say('priority ', d.count('internal_priority')),
  ],
  RtgsWithdrawal: (d, who) => [who, say('was ', d.text('original_rtgs_priority'))],
  RtgsResubmission: (d, who) => [
    who,
    `${d.text('old_rtgs_priority') ?? '?'} → ${d.text('new_rtgs_priority') ?? '?'}`,
  ],
  RtgsImmediateSettlement: (d, who) => [who, balanceChange(d)],
  Queue2LiquidityRelease: (d, who) => [
    who,
    say('waited ', d.count('queue_wait_ticks'), ' ticks'),
    reasonWords(d.text('release_reason')),
  ],
  RtgsQueue2Settle: (d, who) => [who, reasonWords(d.text('reason'))],
  LsmBilateralOffset: (d) => [
    `${d.text('agent_a') ?? '?'} pays ${d.money('amount_a') ?? '?'}, ${d.text('agent_b') ?? '?'} pays ${d.money('amount_b') ?? '?'}`,
    payments(d.texts('tx_ids')),
  ],
  LsmCycleSettlement: (d) => [
    d.texts('agents').join(' → '),
    payments(d.texts('tx_ids')),
    say('most paid out ', d.money('max_net_outflow')),
    say('by ', d.text('max_net_outflow_agent')),
  ],
  EntryDispositionOffset: (d) => [
    `${d.text('agent_a') ?? '?'} and ${d.text('agent_b') ?? '?'}`,
    say('entering ', d.money('incoming_amount')),
    say('queued ', d.money('queued_amount')),
  ],
  DeferredCreditApplied: (d, who) => [who, `of ${payments(d.texts('source_transactions'))}`],
  CostAccrual: (d, who) => [who, ...costs(d)],
  TransactionWentOverdue: (d, who) => [
    who,
    say('was due at tick ', d.tick('deadline_tick')),
    say('', d.money('remaining_amount'), ' open'),
    say('penalty ', d.money('deadline_penalty_cost')),
  ],
  OverdueTransactionSettled: (d, who) => [
    who,
    say('was due at tick ', d.tick('deadline_tick')),
    say('overdue for ', d.count('total_ticks_overdue'), ' ticks'),
    say('penalty ', d.money('deadline_penalty_cost')),
    say('delay cost about ', d.money('estimated_delay_cost')),
  ],
  BilateralLimitExceeded: (d, who) => [
    who,
    say('paid so far ', d.money('current_bilateral_outflow')),
    say('limit ', d.money('bilateral_limit')),
  ],
  MultilateralLimitExceeded: (d, who) => [
    who,
    say('paid so far ', d.money('current_total_outflow')),
    say('limit ', d.money('multilateral_limit')),
  ],
  AlgorithmExecution: (d) => [
    algorithms[d.count('algorithm') ?? ''] ?? say('algorithm ', d.count('algorithm')),
    d.text('result') === 'NoProgress' ? 'no progress' : d.text('result')?.toLowerCase(),
    say('', d.count('settlements'), ' settled'),
  ],
  ScenarioEventExecuted: (d) => scenarioWords(d.text('scenario_event_type'), d.nested('details_json')),
  EndOfDay: (d) => [
    dayEnds(d.count('day')),
    say('', d.count('unsettled_count'), ' unsettled'),
    say('penalties ', d.money('total_penalties')),
  ],
  LiquidityAllocation: (d, who) => [
    who,
    say('fraction ', d.percent('fraction')),
    say('balance then ', d.money('balance_after')),
  ],
  LiquidityReturn: (d, who) => [who, say('balance then ', d.money('balance_after'))],
};

function balanceChange(d: Details): string | undefined {
  const before = d.money('sender_balance_before');
  const after = d.money('sender_balance_after');
  return before === undefined || after === undefined ? undefined : `sender ${before} → ${after}`;
}

/** Stored from 0, said from 1, as beside the scrubber. */
function dayEnds(stored: string | undefined): string | undefined {
  return stored !== undefined && /^\d{1,6}$/.test(stored) ? `day ${Number(stored) + 1}` : undefined;
}

/** `BANK_A → BANK_B, deadline tick 64`; details that are no object are shown as stored. */
export function eventWords(event: EventFacts): string {
  const fields = parseDetails(event.details);
  if (fields === undefined) return event.details === '' ? 'no details stored' : event.details;
  const parties =
    event.from !== undefined && event.to !== undefined
      ? `${event.from} → ${event.to}`
      : (event.agentId ?? event.from);
  const known = words[event.eventType];
  const said = known === undefined ? [parties] : known(new Details(fields), parties);
  const outcome = event.outcome === undefined ? undefined : offsetWords(event.outcome);
  return [...said, outcome].filter((part) => part !== undefined && part !== '').join(', ');
}

/** What became of an offset or a cycle, and who was short of how much, or whose limit it was. */
export function offsetWords({ kind, settledPayments, refusal }: EventOutcome): string {
  if (kind === 'refused') return `refused: ${refusalWords(refusal)}`;
  const settled = plural(settledPayments, 'payment');
  if (kind === 'settled') return `settled ${settled}`;
  const others = kind === 'settled in a later pass' ? '' : ', other ones than it names';
  return `refused at first (${refusalWords(refusal)}), settled ${settled} in a later pass of this tick${others}`;
}

function refusalWords(refusal: EventOutcome['refusal']): string {
  if (refusal === undefined) return 'the reason is not known';
  const { bank } = refusal;
  if (refusal.why === 'short') {
    return `${bank} was short of ${formatMoney(refusal.shortCents)} for the ${formatMoney(refusal.neededCents)} it owed`;
  }
  const towards =
    refusal.counterparty === undefined ? 'towards all banks' : `towards ${refusal.counterparty}`;
  return `${bank} has a limit of ${formatMoney(refusal.limitCents)} a day ${towards}, had paid ${formatMoney(refusal.paidCents)} and owed ${formatMoney(refusal.amountCents)}`;
}

/** A scenario event in words (keys inside `details_json`: domain.md 7.2). */
function scenarioWords(type: string | undefined, d: Details): readonly (string | undefined)[] {
  const pair = `${d.text('from_agent') ?? '?'} → ${d.text('to_agent') ?? '?'}`;
  switch (type ?? '') {
    case 'direct_transfer':
      return ['transfer', pair, d.money('amount')];
    case 'collateral_adjustment':
      return ['collateral', d.text('agent'), d.money('delta')];
    case 'custom_transaction_arrival':
      return ['payment arrives', pair, d.money('amount'), `deadline tick ${d.tick('deadline') ?? '?'}`];
    case 'global_arrival_rate_change':
      return ['arrivals of all banks', `times ${d.count('multiplier') ?? '?'}`];
    case 'agent_arrival_rate_change':
      return ['arrivals', d.text('agent'), `times ${d.count('multiplier') ?? '?'}`];
    case 'counterparty_weight_change':
      return [
        'weight',
        `${d.text('agent') ?? '?'} → ${d.text('counterparty') ?? '?'}`,
        d.count('new_weight'),
      ];
    case 'deadline_window_change':
      return [
        'deadlines',
        `at least times ${d.count('min_ticks_multiplier') ?? '?'}`,
        `at most times ${d.count('max_ticks_multiplier') ?? '?'}`,
      ];
    case 'scheduled_settlement':
      return [
        'scheduled settlement',
        pair,
        d.money('amount'),
        d.truth('settled') ? 'settled' : 'not settled',
      ];
    default:
      return [type];
  }
}
