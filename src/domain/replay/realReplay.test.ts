import { expect, it } from 'vitest';

import { openNativeEngine } from '../../engine/node/nativeEngine.ts';
import { int, nullable, queryRows, text } from '../../engine/rows.ts';
import { isJsonObject, parseJson, type JsonObject } from '../../lib/json.ts';
import { sql } from '../../lib/sql.ts';
import { describeRealFile } from '../../testing/realFile.ts';
import { agentId } from '../../lib/ids.ts';
import { openingOf, replayEvents } from './replay.ts';

function objectOf(json: string | undefined): JsonObject {
  const parsed = parseJson(json ?? '');
  if (!parsed.ok || !isJsonObject(parsed.value)) throw new Error('not a JSON object');
  return parsed.value;
}

describeRealFile('near-deadline.db', (file) => {
  it('tells everything in its events: the replay ends with the balances and costs of the run', async () => {
    const engine = await openNativeEngine(file, { readOnly: true });
    const [run] = await queryRows(engine, sql`SELECT config_json FROM simulations`, { configJson: text });
    const rows = await queryRows(
      engine,
      sql`SELECT tick, event_type, agent_id, tx_id, details FROM simulation_events
          ORDER BY tick, event_timestamp, rowid`,
      { tick: int, eventType: text, agentId: nullable(text), txId: nullable(text), details: text },
    );
    await engine.close();
    const opening = openingOf(objectOf(run?.configJson));
    if (opening === undefined) throw new Error('not a scenario');
    const events = rows.map((row) => ({ ...row, details: objectOf(row.details) }));
    const { state, violations } = replayEvents('near-deadline', opening, events);
    expect(violations).toEqual([]);
    const [a, b] = ['BANK_A', 'BANK_B'].map((id) => state.agents.get(agentId(id)));
    expect([a?.balance, b?.balance]).toEqual([34_593n, 65_407n]);
    expect(a?.costs).toMatchObject({ delay: 3_412n, penalty: 310_000n, opportunity: 0n, total: 313_412n });
    expect((a?.settlements ?? 0) + (b?.settlements ?? 0)).toBe(364);
  });
});
