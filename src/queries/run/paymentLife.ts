import { eventsInto, eventTypeOf, isOffset, queues, type Queue } from '../../domain/events.ts';
import type { Engine } from '../../engine/engine.ts';
import { queryRows } from '../../engine/rows.ts';
import { sql, type Sql } from '../../lib/sql.ts';
import type { EventRow, LifeStep, PaymentCost, PaymentLife, PaymentRow } from '../../domain/answers/runs.ts';
import { centsField, numberField, objectOf, textField } from '../read/eventFields.ts';
import { defineQuery } from '../query.ts';
import type { RunScope } from '../scope.ts';
import { eventCondition, readEventRows } from './eventRows.ts';
import { preparedRun, type PreparedRun } from './prepare/prepareRun.ts';
import { kindIn } from './prepare/tables.ts';
import { readWaits } from './paymentWaits.ts';
import { paymentRow, paymentsOf, paymentSpec } from './runPayments.ts';
import { cents, type Cents } from '../../lib/units.ts';
import { isJsonObject, type Json, type JsonObject } from '../../lib/json.ts';

/** Everything that happened to one payment, in order, and what it cost; undefined when it never arrived. */
export const paymentLife = defineQuery({
  name: 'paymentLife',
  scope: 'run',
  async run(engine, scope: RunScope & { readonly txId: string }, signal): Promise<PaymentLife | undefined> {
    const { txId } = scope;
    const run = await preparedRun(engine, scope);
    if (run === undefined) return undefined;
    const readPayments = async (condition: Sql): Promise<readonly PaymentRow[]> => {
      const statement = sql`SELECT * FROM ${paymentsOf(run)} WHERE ${condition} ORDER BY tx`;
      return (await queryRows(engine, statement, paymentSpec, signal)).map((row) => paymentRow(run, row));
    };
    const [payment] = await readPayments(sql`tx_id = ${txId}`);
    if (payment === undefined) return undefined;
    const condition = await eventCondition(engine, run, { txId }, signal);
    const chosen = sql`SELECT * FROM ${run.table('events')} WHERE ${condition} ORDER BY seq`;
    const events = await readEventRows(engine, run, chosen, signal);
    const paths = await readDecisionPaths(engine, run, payment, events, signal);
    const steps = stepsOf(txId, events, paths, run.isLab);
    const { parentTxId } = payment;
    return {
      payment,
      steps,
      parts: await readPayments(sql`parent_tx_id = ${txId}`),
      partOf: parentTxId === undefined ? undefined : (await readPayments(sql`tx_id = ${parentTxId}`))[0],
      cost: paymentCost(run, payment, steps),
      waits: await readWaits(engine, run, payment, steps, signal),
    };
  },
});

/** A register that the same agent set in the same tick says how its tree was walked (domain.md 7.2). */
async function readDecisionPaths(
  engine: Engine,
  run: PreparedRun,
  payment: PaymentRow,
  events: readonly EventRow[],
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<number, string>> {
  const ticks = [...new Set(events.flatMap(({ tick, eventType }) => (isDecision(eventType) ? tick : [])))];
  const agent = run.agents.indexOf(payment.sender);
  if (ticks.length === 0 || !run.kinds.includes('StateRegisterSet')) return new Map();
  const chosen = sql`SELECT * FROM ${run.table('events')} WHERE ${kindIn(run, 'StateRegisterSet')}
    AND agent = ${agent} AND tick IN (SELECT TRY_CAST(unnest(string_split(${ticks.join(',')}, ',')) AS INTEGER)) ORDER BY seq`;
  const registers = await readEventRows(engine, run, chosen, signal);
  return new Map(
    registers.flatMap(({ tick, details }) => {
      const path = textField(objectOf(details)?.decision_path);
      return path === undefined ? [] : [[tick, path] as const];
    }),
  );
}

const isDecision = (eventType: string): boolean => eventTypeOf(eventType)?.decides === true;

/** Where a payment waits after an event that moves it; `undefined` where the event does not. */
function placeAfter(eventType: string, isLab: boolean): Queue | undefined {
  if (isOffset(eventType)) return 'neither';
  return queues.find((queue) => eventsInto(queue, isLab).includes(eventType));
}

function stepsOf(
  txId: string,
  events: readonly EventRow[],
  paths: ReadonlyMap<number, string>,
  isLab: boolean,
): readonly LifeStep[] {
  const steps: LifeStep[] = [];
  let waitsIn: LifeStep['waitsIn'];
  let before: number | undefined;
  for (const event of events) {
    // The original writes a refused offset as it writes one that settled; what is not known settles nothing.
    const settles = isLab || (event.outcome !== undefined && event.outcome.kind !== 'refused');
    const moves = isOffset(event.eventType) ? settles : event.txId === txId;
    const place = moves ? placeAfter(event.eventType, isLab) : undefined;
    if (place !== undefined) waitsIn = place === 'neither' ? undefined : place;
    const fields = objectOf(event.details);
    steps.push({
      event,
      ticksSince: before === undefined ? 0 : event.tick - before,
      waitsIn,
      reason: textField(fields?.reason) ?? textField(fields?.release_reason),
      decisionPath:
        textField(fields?.decision_path) ?? (isDecision(event.eventType) ? paths.get(event.tick) : undefined),
    });
    before = event.tick;
  }
  return steps;
}

const none = cents(0n);

/** What waiting cost, at the rates of the run's configuration; and the penalty that its own event records. */
function paymentCost(run: PreparedRun, payment: PaymentRow, steps: readonly LifeStep[]): PaymentCost {
  const waited = waitedTicks(run.tickCount, payment, steps);
  const rates = delayRatesOf(run.configJson);
  const counts = {
    waitedTicks: waited.length,
    overdueTicks: waited.filter(({ overdue }) => overdue).length,
    deadlinePenaltyCents: penaltyOf(steps),
  };
  if (payment.status === 'unknown') {
    return {
      ...counts,
      delayCents: undefined,
      why: 'Whether it settled, and when, is not known: it waited no longer than that.',
    };
  }
  if (waited.length === 0) {
    return {
      ...counts,
      delayCents: none,
      why: 'It waited at the end of no tick, so it caused no delay cost.',
    };
  }
  if (rates === undefined) {
    return {
      ...counts,
      delayCents: undefined,
      why: 'The delay cost of one payment is not recorded, and the file stores no rates for this run.',
    };
  }
  return {
    ...counts,
    delayCents: delayCost(payment.amountCents, waited, rates),
    why: 'Amount times the rate of the stored configuration, over the ends of ticks at which it waited; the bank’s own sum is rounded once a tick.',
  };
}

/** The deadline penalty; `undefined` when it went overdue and its event names none. */
function penaltyOf(steps: readonly LifeStep[]): Cents | undefined {
  const overdue = steps.find(({ event }) => event.eventType === 'TransactionWentOverdue');
  return overdue === undefined ? none : centsField(objectOf(overdue.event.details)?.deadline_penalty_cost);
}

/** The ends of ticks at which a payment waited in either queue, with its priority and state then. */
function waitedTicks(
  tickCount: number,
  payment: PaymentRow,
  steps: readonly LifeStep[],
): readonly WaitedTick[] {
  const waited: WaitedTick[] = [];
  let priority = payment.priority ?? 5;
  let overdue = false;
  for (const [place, step] of steps.entries()) {
    const { event } = step;
    if (event.txId === payment.txId) {
      const fields = objectOf(event.details);
      if (event.eventType === 'TransactionReprioritized')
        priority = numberField(fields?.new_priority) ?? priority;
      if (event.eventType === 'PriorityEscalated') {
        priority = numberField(fields?.escalated_priority) ?? priority;
      }
      if (event.eventType === 'TransactionWentOverdue') overdue = true;
    }
    if (step.waitsIn === undefined) continue;
    // What settled without an event waits no longer than that. A file may put either beyond what is replayed.
    const until = Math.min(
      steps[place + 1]?.event.tick ?? tickCount,
      payment.settlementTick ?? tickCount,
      tickCount,
    );
    for (let tick = event.tick; tick < until; tick += 1) waited.push({ priority, overdue });
  }
  return waited;
}

/** The price list of waiting that a run's configuration stores (domain.md 1.2). */
interface DelayRates {
  readonly perTickPerCent: number;
  readonly overdueFactor: number;
  /** Of priorities 0 to 3, 4 to 7, 8 to 10. */
  readonly bandFactors: readonly [number, number, number];
}

function delayRatesOf(configJson: string | undefined): DelayRates | undefined {
  const rates = objectOf(configJson)?.cost_rates;
  if (!isJsonObject(rates)) return undefined;
  const perTickPerCent = numberField(rates.delay_cost_per_tick_per_cent);
  if (perTickPerCent === undefined) return undefined;
  const bands: JsonObject = isJsonObject(rates.priority_delay_multipliers)
    ? rates.priority_delay_multipliers
    : {};
  const factor = (value: Json | undefined, otherwise: number) => numberField(value) ?? otherwise;
  return {
    perTickPerCent,
    overdueFactor: factor(rates.overdue_delay_multiplier, 5),
    bandFactors: [
      factor(bands.low_multiplier, 1),
      factor(bands.normal_multiplier, 1),
      factor(bands.urgent_multiplier, 1),
    ],
  };
}

const bandOf = (priority: number): 0 | 1 | 2 => (priority >= 8 ? 2 : priority >= 4 ? 1 : 0);

/** A decimal as written: 0.29 is 29 over 100, 1e-7 is 1 over 10,000,000. */
function ratio(value: number): readonly [numerator: bigint, denominator: bigint] {
  const [mantissa = '0', exponent = '0'] = value.toString().split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  const shift = Number(exponent) - fraction.length;
  const digits = BigInt(whole + fraction);
  return shift >= 0 ? [digits * 10n ** BigInt(shift), 1n] : [digits, 10n ** BigInt(-shift)];
}

/** One end of a tick at which a payment waits. */
interface WaitedTick {
  readonly priority: number;
  readonly overdue: boolean;
}

/** Amount times rate over all ticks waited, rounded half up once. Exact until then. */
function delayCost(amount: Cents, waited: readonly WaitedTick[], rates: DelayRates): Cents {
  let sum = 0n;
  let common = 1n;
  for (const { priority, overdue } of waited) {
    const factors = [
      rates.perTickPerCent,
      rates.bandFactors[bandOf(priority)],
      overdue ? rates.overdueFactor : 1,
    ];
    let [numerator, denominator]: readonly [bigint, bigint] = [amount, 1n];
    for (const factor of factors) {
      const [top, bottom] = ratio(factor);
      numerator *= top;
      denominator *= bottom;
    }
    if (denominator === common) sum += numerator;
    else {
      sum = sum * denominator + numerator * common;
      common *= denominator;
    }
  }
  return cents((2n * sum + common) / (2n * common));
}
