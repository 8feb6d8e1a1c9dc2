import { eventsInto, eventTypeOf, isOffset, queues, type Queue } from '../../domain/events.ts';
import type { Engine } from '../../engine/engine.ts';
import { queryRows } from '../../engine/rows.ts';
import { sql, type Sql } from '../../lib/sql.ts';
import type { EventRow, LifeStep, PaymentLife, PaymentRow } from '../../domain/answers/runs.ts';
import { objectOf, textField } from '../read/jsonFields.ts';
import { defineQuery } from '../query.ts';
import type { RunScope } from '../scope.ts';
import { eventCondition } from './eventCondition.ts';
import { readEventRows } from './eventRows.ts';
import { paymentCost } from './paymentCost.ts';
import { preparedRun } from './prepare/preparedRun.ts';
import type { PreparedRun } from './prepare/prepareRun.ts';
import { kindIn } from './prepare/tables.ts';
import { paymentRow, paymentsOf, paymentSpec } from './runPayments.ts';

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
    AND agent = ${agent} AND tick IN (SELECT unnest(string_split(${ticks.join(',')}, ','))::INTEGER) ORDER BY seq`;
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
