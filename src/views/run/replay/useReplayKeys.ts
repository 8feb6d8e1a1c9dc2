import { useShortcuts } from '../../../ui/useShortcuts.ts';
import type { Replay } from './useReplay.ts';

/** The keys of the run's page (listed in app/shell/keys.ts). */
export function useReplayKeys(replay: Replay, jump: (direction: 1 | -1) => void): void {
  const move = (direction: 1 | -1) => (event: KeyboardEvent) =>
    event.shiftKey ? replay.stepDay(direction) : replay.step(direction);
  useShortcuts({
    ' ': replay.togglePlay,
    ArrowLeft: move(-1),
    ArrowRight: move(1),
    Home: () => replay.goTo(0),
    End: () => replay.goTo(replay.lastTick),
    n: () => jump(1),
    p: () => jump(-1),
  });
}
