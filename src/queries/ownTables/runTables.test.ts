import { afterAll, expect, test } from 'vitest';

import { statementsIn } from '../../engine/ownSql/tokens.ts';
import { closeBlockingEngines } from '../../engine/wasm/blockingEngine.ts';
import { openOwn, resultsOf, rowsOf } from '../../testing/ownRows.ts';
import { describeRealFile } from '../../testing/realFile.ts';
import { isRunTable } from './install.ts';
import { selectedRuns } from './selectedRuns.ts';

afterAll(closeBlockingEngines);

test.each([
  ["FROM payments WHERE simulation_id = 'a'", ['a']],
  [
    "SELECT tick AS payments FROM agent_ticks t WHERE tick > 1 AND t.simulation_id IN ('a', 'b''c') ORDER BY payments",
    ['a', "b'c"],
  ],
  [
    "SELECT * FROM payments WHERE file_id = (SELECT file_id FROM files WHERE name = 'x') AND simulation_id = 'a'",
    ['a'],
  ],
  ["FROM payments JOIN moves USING (file_id, simulation_id) WHERE simulation_id = 'a'", ['a']],
  ["FROM payments p, moves m WHERE p.simulation_id = 'a' AND m.simulation_id = 'b'", ['a', 'b']],
  ["FROM moves WHERE simulation_id = 'a' UNION ALL FROM moves WHERE simulation_id = 'b'", ['a', 'b']],
  ["FROM moves WHERE simulation_id = 'a' UNION ALL FROM moves", undefined],
  ["FROM payments p, moves m WHERE p.simulation_id = 'a'", undefined],
  ["FROM run_links l JOIN payments p ON true WHERE l.simulation_id = 'a'", undefined],
  ["FROM payments WHERE simulation_id <> 'a'", undefined],
  ["FROM payments WHERE NOT simulation_id = 'a'", undefined],
  ["FROM payments WHERE simulation_id NOT IN ('a')", undefined],
  ["FROM payments WHERE simulation_id LIKE 'a'", undefined],
  ["FROM payments WHERE simulation_id = 'a' OR tick = 1", undefined],
  ["FROM payments WHERE simulation_id = 'a' || 'b'", undefined],
  ["FROM payments WHERE 1 BETWEEN 0 AND simulation_id = 'a'", undefined],
  [
    "FROM payments WHERE simulation_id IN (SELECT simulation_id FROM run_links WHERE simulation_id = 'a')",
    undefined,
  ],
  [
    "SELECT count(*) FILTER (WHERE simulation_id = 'a'), simulation_id = 'a' FROM payments GROUP BY ALL",
    undefined,
  ],
  ["SELECT (SELECT count(*) FROM payments) FROM moves WHERE simulation_id = 'a'", undefined],
  ["FROM payments -- WHERE simulation_id = 'a'", undefined],
  ["FROM payments WHERE CASE WHEN true AND simulation_id = 'a' AND true THEN true END", undefined],
  ['SUMMARIZE payments', undefined],
])('%s selects %j', (text, expected) => {
  const [statement] = statementsIn(text);
  if (statement === undefined) throw new Error('no statement');
  const selected = selectedRuns(statement, isRunTable);
  expect(selected?.first).toBeDefined();
  expect(selected?.ids === undefined ? undefined : [...selected.ids]).toEqual(expected);
});

describeRealFile('replay.db', (path) => {
  test('what a statement answers does not depend on those before it, and says its runs', async () => {
    const { own } = await openOwn(path, 'replay.db');
    const runs = (await rowsOf(own, 'SELECT simulation_id AS id FROM simulation_runs ORDER BY 1')).map(
      ({ id }) => String(id),
    );
    const [one] = runs;
    if (one === undefined || runs.length < 2) throw new Error('too few runs');
    const perRun = 'SELECT simulation_id AS id, count(*) AS n FROM payments';
    const only = `${perRun} WHERE simulation_id = '${one}' GROUP BY 1`;
    const others = `${perRun} WHERE simulation_id <> '${one}' GROUP BY 1 ORDER BY 1`;
    expect((await resultsOf(own, only)).map(({ overRuns }) => overRuns)).toEqual([`over 1 run: ${one}`]);
    const found = await rowsOf(own, others);
    const steps: string[] = [];
    const described = 'DESCRIBE payments; DESCRIBE SELECT overdue_tick FROM payments';
    for (const statement of own.statements(described))
      await own.run(described, statement, (step) => steps.push(step));
    expect(steps.filter((step) => /filling|preparing/.test(step))).toEqual([]);
    expect(found.length).toBeGreaterThan(0);
    const all = await rowsOf(own, `${perRun} GROUP BY 1 ORDER BY 1`);
    expect(all.filter(({ id }) => id !== one)).toEqual(found);
    const [result] = await resultsOf(own, `${perRun} GROUP BY 1 -- ${one}`);
    expect([result?.rows, result?.overRuns]).toEqual([all.length, `over all ${all.length} runs`]);
    expect(await rowsOf(own, only)).toEqual(all.filter(({ id }) => id === one));
    const [none] = await resultsOf(own, `FROM payments WHERE simulation_id = 'nowhere'`);
    expect([none?.rows, none?.overRuns]).toEqual([0, 'over 0 runs']);
    expect((await own.look('main', 'payments')).rows).toBeUndefined();
    expect((await own.names()).filter(({ table }) => table.startsWith('own_'))).toEqual([]);
  });
});
