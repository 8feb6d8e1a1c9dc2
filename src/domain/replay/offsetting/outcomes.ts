/** What became of the offsets that a run's events tell of. */
import { text, textList, type StoredEvent } from '../details.ts';
import { paymentOf } from '../replayMoves.ts';
import type { ReplayState } from '../replayState.ts';
import type { StepSettlement } from './step.ts';

type OffsetOutcome = 'settled' | 'settled in a later pass' | 'refused';

/** One offset or cycle event, in file order. */
export interface OffsetEvent {
  readonly tick: number;
  readonly eventType: string;
  readonly outcome: OffsetOutcome;
  /** The payments that it settled; in a later pass these may be others than it names. */
  readonly txIds: readonly string[];
}

export const replayedOffsets: ReadonlySet<string> = new Set([
  'LsmBilateralOffset',
  'LsmCycleSettlement',
  'EntryDispositionOffset',
]);

const sameIds = (some: readonly string[], others: readonly string[]) =>
  some.length === others.length && some.every((txId) => others.includes(txId));

/** The settlement of the step that an event tells of: a cycle by its payments, a pair by its two banks. */
function settlementOf(
  state: ReplayState,
  { eventType, details }: StoredEvent,
  settled: readonly StepSettlement[],
): StepSettlement | undefined {
  if (eventType === 'LsmCycleSettlement') {
    const txIds = textList(details, 'tx_ids');
    return settled.find((one) => one.way === 'cycle' && sameIds(one.txIds, txIds));
  }
  const banks = [text(details, 'agent_a'), text(details, 'agent_b')];
  return settled.find(
    ({ way, txIds: [first] }) =>
      way === 'offset' &&
      first !== undefined &&
      banks.includes(paymentOf(state, first).sender) &&
      banks.includes(paymentOf(state, first).receiver),
  );
}

export function replayedOutcome(
  state: ReplayState,
  event: StoredEvent,
  settled: readonly StepSettlement[],
): OffsetEvent {
  const { tick, eventType } = event;
  const found = settlementOf(state, event, settled);
  if (found === undefined) return { tick, eventType, outcome: 'refused', txIds: [] };
  const outcome = found.pass === 1 ? 'settled' : 'settled in a later pass';
  return { tick, eventType, outcome, txIds: found.txIds };
}
