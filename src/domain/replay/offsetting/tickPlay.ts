/** One tick of a run of the original: its events in file order, with the offsetting step at its place. */
import { textList, type StoredEvent } from '../details.ts';
import type { ReplayState } from '../replayState.ts';
import { playNamed } from './named.ts';
import { offsetEvents, outcomeOf } from './outcomes.ts';
import type { OffsettingRules } from './rules.ts';
import { playStep } from './step.ts';

/** What may follow the step in its tick (domain.md 7.1). */
const endOfTick: ReadonlySet<string> = new Set([
  'CollateralPost',
  'CollateralWithdraw',
  'DeferredCreditApplied',
  'CostAccrual',
  'TransactionWentOverdue',
  'EndOfDay',
  'StateRegisterSet',
  'LiquidityReturn',
]);

/** Where the step comes: at the first offset event, else after the last event that is no end-of-tick business. */
export function placeOfStep(events: readonly StoredEvent[]): number {
  const first = events.findIndex(({ eventType }) => offsetEvents.has(eventType));
  return first >= 0 ? first : events.findLastIndex(({ eventType }) => !endOfTick.has(eventType)) + 1;
}

/** Plays the step of a tick and notes what became of the offsets that its events tell of. */
export function stepOfTick(state: ReplayState, rules: OffsettingRules, events: readonly StoredEvent[]): void {
  const offsets = events.filter(({ eventType }) => offsetEvents.has(eventType));
  const settled = state.deferredCrediting
    ? playNamed(
        state,
        offsets,
        new Set(
          events
            .filter(({ eventType }) => eventType === 'DeferredCreditApplied')
            .flatMap(({ details }) => textList(details, 'source_transactions')),
        ),
      )
    : playStep(state, rules);
  for (const event of offsets) state.offsets.push(outcomeOf(state, event, settled));
}
