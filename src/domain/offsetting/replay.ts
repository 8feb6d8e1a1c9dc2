import {
  type OffsettingRules,
  applyPending,
  at,
  change,
  openState,
  recordOutflow,
  startDay,
  type OffsettingState,
  type OffsetRefusal,
} from './state.ts';
import { playStep, type Attempt, type StepResult, type StepWay } from './step.ts';

/** What the events tell in their order; banks and payments by number, money in cents. */
export interface RunFact {
  readonly seq: number;
  readonly tick: number;
  readonly what: FactKind;
  readonly tx: number | undefined;
  /** The bank that pays, or whose collateral, cap or credit it is. */
  readonly bank: number | undefined;
  readonly counterparty: number | undefined;
  /** Of a pair: what `bank` owes `counterparty`; of collateral: the new total; of a cap: the change. */
  readonly amount: bigint | undefined;
  /** Balance of `bank` that the event records before it; of a pair: what the counterparty owes. */
  readonly second: bigint | undefined;
}

export const factKinds = [
  'queued',
  'withdrawn',
  'settled',
  'transfer',
  'pool',
  'posted',
  'cap',
  'credited',
  'step',
  'pair',
  /** A pair of which the event names two payments only, however many there are. */
  'pair at entry',
  'cycle',
] as const;
export type FactKind = (typeof factKinds)[number];

type OutcomeKind =
  | 'settled'
  | 'settled in a later pass'
  | 'settled in a later pass, another set of payments'
  | 'refused';

/** What became of an offset or cycle event. */
export interface OffsetOutcome {
  readonly seq: number;
  readonly kind: OutcomeKind;
  readonly refusal: OffsetRefusal | undefined;
  readonly settledPayments: number;
}

export interface PlayedSettlement {
  /** The event that tells of it; without one the event after which it happened. */
  readonly seq: number;
  readonly tick: number;
  readonly tx: number;
  readonly sender: number;
  readonly receiver: number;
  readonly amount: bigint;
  readonly way: StepWay;
}

/** Where the events say something else than the played step. */
export interface StepConflict {
  readonly seq: number;
  readonly tick: number;
  readonly about: 'recorded balance' | 'offset event';
}

/** Plays the offsetting step in every tick of a run, over facts handed over in their order. */
export class OffsettingReplay {
  readonly settlements: PlayedSettlement[] = [];
  readonly outcomes: OffsetOutcome[] = [];
  readonly contradictions: StepConflict[] = [];
  readonly #state: OffsettingState;
  readonly #ticksPerDay: number | undefined;
  #tick = 0;
  #seq = 0;
  /** Since the last step that settled nothing; such a step need not be played again. */
  #changed = false;
  #stepped = false;
  #expected: ExpectedEvent[] = [];
  /** Of the last step played: refused pairs are written again in every tick. */
  #repeated: readonly ExpectedEvent[] = [];

  constructor(rules: OffsettingRules, openings: readonly bigint[], ticksPerDay: number | undefined) {
    this.#state = openState(rules, openings);
    this.#ticksPerDay = ticksPerDay;
  }

  apply(fact: RunFact): void {
    while (this.#tick < fact.tick) this.#endTick();
    this.#change(fact);
    this.#seq = fact.seq;
  }

  /** Plays the ticks that follow the last fact. */
  finish(tickCount: number): void {
    while (this.#tick < tickCount) this.#endTick();
  }

  #endTick(): void {
    if (!this.#stepped) this.#step(this.#seq);
    this.#missing();
    if (this.#state.pending.some((cents) => cents !== 0n)) this.#changed = true;
    for (const bank of this.#state.rules.banks.keys()) applyPending(this.#state, bank);
    this.#tick += 1;
    this.#stepped = false;
    if (this.#ticksPerDay !== undefined && this.#tick % this.#ticksPerDay === 0) {
      startDay(this.#state);
      this.#changed = true;
    }
  }

  #change(fact: RunFact): void {
    const state = this.#state;
    const { bank, counterparty, amount, tx, second } = fact;
    switch (fact.what) {
      case 'queued':
        if (tx === undefined || bank === undefined || counterparty === undefined || amount === undefined)
          return;
        state.queue.set(tx, { tx, sender: bank, receiver: counterparty, amount });
        break;
      case 'withdrawn':
        if (tx !== undefined) state.queue.delete(tx);
        break;
      case 'settled':
      case 'transfer':
        this.#money(fact);
        break;
      case 'pool':
        this.#compare(fact, second);
        if (bank !== undefined) change(state.balances, bank, amount ?? 0n);
        break;
      case 'posted':
        if (bank !== undefined && amount !== undefined) state.posted[bank] = amount;
        break;
      case 'cap':
        if (bank !== undefined) change(state.caps, bank, amount ?? 0n);
        break;
      case 'credited':
        if (bank !== undefined) applyPending(state, bank);
        break;
      case 'step':
        this.#step(fact.seq);
        return;
      case 'pair':
      case 'pair at entry':
      case 'cycle':
        this.#told(fact);
        return;
    }
    this.#changed = true;
  }

  /** Money of an event of its own. A transfer of the scenario is usable at once and counts against no limit. */
  #money(fact: RunFact): void {
    const { bank, counterparty, amount, tx } = fact;
    this.#compare(fact, fact.second);
    if (tx !== undefined) this.#state.queue.delete(tx);
    if (amount === undefined) return;
    if (bank !== undefined) change(this.#state.balances, bank, -amount);
    if (counterparty === undefined) return;
    const settles = fact.what === 'settled';
    const deferred = settles && this.#state.rules.deferredCrediting;
    change(deferred ? this.#state.pending : this.#state.balances, counterparty, amount);
    if (settles && bank !== undefined) recordOutflow(this.#state, bank, counterparty, amount);
  }

  #compare({ seq, tick, bank }: RunFact, recorded: bigint | undefined): void {
    if (bank === undefined || recorded === undefined) return;
    const found = at(this.#state.balances, bank);
    if (found === recorded) return;
    this.contradictions.push({ seq, tick, about: 'recorded balance' });
    // What is recorded is known; the steps after it are played from there.
    this.#state.balances[bank] = recorded;
  }

  #step(seq: number): void {
    this.#stepped = true;
    if (!this.#changed) {
      this.#expected = [...this.#repeated];
      return;
    }
    const result = playStep(this.#state);
    this.#changed = result.settlements.length > 0;
    this.#repeated = expectedOf(result);
    this.#expected = [...this.#repeated];
    for (const { payment, way } of result.settlements) {
      const { tx, sender, receiver, amount } = payment;
      this.settlements.push({ seq, tick: this.#tick, tx, sender, receiver, amount, way });
    }
  }

  /** An event against what the step says should be written next. */
  #told(fact: RunFact): void {
    const next = this.#expected.shift();
    const { seq, tick } = fact;
    if (next === undefined || !isOf(next, fact)) {
      this.contradictions.push({ seq, tick, about: 'offset event' });
      return;
    }
    this.outcomes.push({ seq, ...outcomeOf(next, fact.what === 'pair at entry') });
    if (next.settledBy === undefined) return;
    const own = new Set(next.settledBy.txs);
    for (let i = this.settlements.length - 1; i >= 0; i -= 1) {
      const settlement = this.settlements[i];
      if (settlement?.tick !== tick) break;
      if (own.has(settlement.tx)) this.settlements[i] = { ...settlement, seq };
    }
  }

  /** Events that the played step would have written and the file does not have. */
  #missing(): void {
    if (this.#expected.length > 0) {
      this.contradictions.push({ seq: this.#seq, tick: this.#tick, about: 'offset event' });
    }
    this.#expected = [];
  }
}

/** An event that the original writes for a step: one per pair, when it is first tried, and per settled cycle. */
interface ExpectedEvent {
  readonly first: Attempt;
  readonly settledBy: Attempt | undefined;
  /** Of a pair: what each owes; of a cycle: what it is worth, and nothing. */
  readonly sums: readonly [bigint, bigint];
}

function expectedOf({ attempts }: StepResult): ExpectedEvent[] {
  const expected: ExpectedEvent[] = [];
  const pairs = new Map<string, number>();
  for (const attempt of attempts) {
    const { way, banks, refusal, sums } = attempt;
    if (way === 'cycle') {
      if (refusal === undefined) expected.push({ first: attempt, settledBy: attempt, sums });
      continue;
    }
    const place = pairs.get(banks.join(' '));
    const settledBy = refusal === undefined ? attempt : undefined;
    if (place === undefined) {
      pairs.set(banks.join(' '), expected.length);
      expected.push({ first: attempt, settledBy, sums });
      continue;
    }
    const event = expected[place];
    if (event !== undefined) expected[place] = { ...event, settledBy: event.settledBy ?? settledBy };
  }
  return expected;
}

function isOf({ first, sums }: ExpectedEvent, fact: RunFact): boolean {
  const sameWay = (first.way === 'cycle') === (fact.what === 'cycle');
  if (!sameWay || first.banks[0] !== fact.bank || sums[0] !== fact.amount) return false;
  return first.way === 'cycle' || (first.banks[1] === fact.counterparty && sums[1] === fact.second);
}

function outcomeOf({ first, settledBy }: ExpectedEvent, namesTwo: boolean): Omit<OffsetOutcome, 'seq'> {
  if (settledBy === undefined) return { kind: 'refused', refusal: first.refusal, settledPayments: 0 };
  const later = settledBy !== first;
  const same = namesTwo || first.txs.length === settledBy.txs.length;
  return {
    kind: !later
      ? 'settled'
      : same
        ? 'settled in a later pass'
        : 'settled in a later pass, another set of payments',
    refusal: first.refusal,
    settledPayments: settledBy.txs.length,
  };
}
