import type { AgentStateRegisterRow } from '../schema/models/agentStateRegisters.ts';
import type { OfRun, SimulationEvent } from './simulationRecord.ts';

/** Keeps the last value of each register in each tick, as `agent_state_registers` wants it. */
export class RegisterCollector {
  readonly #last = new Map<string, OfRun<AgentStateRegisterRow>>();

  see(event: SimulationEvent): void {
    if (event.eventType !== 'StateRegisterSet' || event.agentId === undefined) return;
    const { register_key: registerKey, new_value: registerValue } = event.details;
    if (typeof registerKey !== 'string' || typeof registerValue !== 'number') {
      throw new TypeError(`StateRegisterSet at tick ${event.tick} has no register_key and new_value`);
    }
    const { tick, agentId } = event;
    this.#last.set(JSON.stringify([tick, agentId, registerKey]), {
      tick,
      agentId,
      registerKey,
      registerValue,
    });
  }

  /** In the order in which they were first set. */
  rows(): readonly OfRun<AgentStateRegisterRow>[] {
    return [...this.#last.values()];
  }
}
