import type { Engine } from '../../engine/engine.ts';
import { queryRows, text } from '../../engine/rows.ts';
import { join, literal, sql, type Sql } from '../../lib/sql.ts';
import type { AgentId } from '../../lib/ids.ts';
import { agentOfKey } from './iterationIndex.ts';

/** An exchange that is stored and of which no fields could be read. */
export interface BrokenExchange {
  /** Where its text still names one. */
  readonly agentId: AgentId | undefined;
  /** As stored, its first 100,000 characters. */
  readonly text: string;
}

const keptLength = 100_000;
const named = /"agent_id"\s*:\s*"((?:[^"\\]|\\.)*)"/;

/** The exchanges of one file under a condition that are not among those that were read. */
export async function readBrokenExchanges(
  engine: Engine,
  condition: Sql,
  read: readonly { readonly eventId: number }[],
  signal: AbortSignal | undefined,
): Promise<readonly BrokenExchange[]> {
  const ids = join(
    read.map(({ eventId }) => literal(eventId)),
    ', ',
  );
  const others = read.length === 0 ? sql`` : sql`AND event_id NOT IN (${ids})`;
  const statement = sql`SELECT coalesce(left(event_data, ${keptLength}), '') AS stored FROM experiment_events
    WHERE ${condition} AND event_type = 'llm_interaction' ${others} ORDER BY event_id`;
  const rows = await queryRows(engine, statement, { stored: text }, signal);
  return rows.map(({ stored }) => {
    const key = named.exec(stored)?.[1];
    return { agentId: key === undefined ? undefined : agentOfKey(key), text: stored };
  });
}
