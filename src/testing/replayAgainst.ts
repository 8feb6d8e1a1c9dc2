/** The questions about a run's ticks, held against the independent replay of `domain/replay/`. */
import { expect } from 'vitest';

import type { Engine } from '../engine/engine.ts';
import { tickState } from '../queries/run/tickState.ts';
import type { RunScope } from '../queries/scope.ts';
import type { StoredEvent } from '../domain/replay/details.ts';
import { replayEvents } from '../domain/replay/replay.ts';
import type {
  ReplayedAgent,
  ReplayedCosts,
  ReplayOpening,
  ReplayState,
} from '../domain/replay/replayState.ts';
import type { AgentCosts } from '../domain/costs.ts';
import type { AgentTick } from '../domain/answers/runs.ts';
import { ask } from './ask.ts';

type Seen = Readonly<Record<string, unknown>>;

const costs = (replayed: Readonly<ReplayedCosts>): AgentCosts => ({
  totalCents: replayed.total,
  overdraftCents: replayed.liquidity,
  delayCents: replayed.delay,
  collateralCents: replayed.collateral,
  penaltyCents: replayed.penalty,
  splitFrictionCents: replayed.splitFriction,
  opportunityCents: replayed.opportunity,
});

function replayedTick(state: ReplayState, agentId: string, agent: ReplayedAgent): Seen {
  const worth = (ids: Iterable<string>) => {
    const amounts = [...ids].map((id) => state.payments.get(id)?.amount ?? 0n);
    return {
      payments: amounts.length,
      valueCents: amounts.reduce<bigint>((sum, amount) => sum + amount, 0n),
    };
  };
  const central = [...state.queue2.values()].flatMap((ids) => [...ids]);
  return {
    agentId,
    balanceCents: agent.balance,
    postedCollateralCents: agent.postedCollateral,
    queue1: worth(agent.queue1),
    queue2: worth(central.filter((id) => state.payments.get(id)?.sender === agentId)),
    tickCosts: costs(agent.tickCosts),
    costsSoFar: costs(agent.costs),
  };
}

function answeredTick(agent: AgentTick): Seen {
  const { agentId, balanceCents, postedCollateralCents, queue1, queue2, tickCosts, costsSoFar } = agent;
  return { agentId, balanceCents, postedCollateralCents, queue1, queue2, tickCosts, costsSoFar };
}

/** Every agent at every tick must be to the cent what the replay finds; gives the number of ticks. */
export async function expectReplayed(
  engine: Engine,
  scope: RunScope,
  opening: ReplayOpening,
  events: Iterable<StoredEvent>,
): Promise<number> {
  const ticks: Seen[][] = [];
  replayEvents(scope.simulationId, opening, events, (_tick, state) => {
    const agents = [...state.agents].sort(([a], [b]) => (a < b ? -1 : 1));
    ticks.push(agents.map(([id, agent]) => replayedTick(state, id, agent)));
  });
  for (const [tick, expected] of ticks.entries()) {
    const answered = await ask(engine, tickState, { ...scope, tick });
    expect(answered?.agents.map(answeredTick), `tick ${tick}`).toEqual(expected);
  }
  return ticks.length;
}
