import type { AgentId } from '../../lib/ids.ts';

/** At most one record per iteration and agent. */
export type ByIterationAndAgent<T> = ReadonlyMap<number, ReadonlyMap<AgentId, T>>;

interface Record {
  readonly iteration: number;
  readonly agentId: AgentId;
  readonly eventId?: number;
}

/** Every record of an iteration and agent, in the order given. */
export function allByIterationAndAgent<T extends Record>(
  records: readonly T[],
): ByIterationAndAgent<readonly T[]> {
  const found = new Map<number, Map<AgentId, T[]>>();
  for (const record of records) {
    const agents = found.get(record.iteration) ?? new Map<AgentId, T[]>();
    found.set(record.iteration, agents);
    const before = agents.get(record.agentId);
    if (before === undefined) agents.set(record.agentId, [record]);
    else before.push(record);
  }
  return found;
}

/**
 * One record per iteration and agent. Of several events the one with the highest id stands: after an
 * exception the writer stores an exchange again (domain.md 5.1).
 */
export function byIterationAndAgent<T extends Record>(records: readonly T[]): ByIterationAndAgent<T> {
  const found = new Map<number, Map<AgentId, T>>();
  for (const record of records) {
    const agents = found.get(record.iteration) ?? new Map<AgentId, T>();
    found.set(record.iteration, agents);
    const before = agents.get(record.agentId);
    if (before === undefined || (record.eventId ?? 0) >= (before.eventId ?? 0)) {
      agents.set(record.agentId, record);
    }
  }
  return found;
}
