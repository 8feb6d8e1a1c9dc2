import { beforeAll, expect, test } from 'vitest';

import type { Engine } from '../../engine/engine.ts';
import { sql } from '../../lib/sql.ts';
import { agentId, experimentId, fileId, simulationId } from '../../lib/ids.ts';
import { ask } from '../../testing/ask.ts';
import { openFixture } from '../../testing/openFixture.ts';
import { describeRealFile } from '../../testing/realFile.ts';
import { evidenceOf } from '../evidenceRows.ts';
import type { RunScope } from '../scope.ts';
import { runTwins } from './runTwins.ts';

const experiment = experimentId('exp1-20261123-045337-b1f149');
const sqlOfRuns = sql`SELECT simulation_id FROM simulation_runs WHERE experiment_id = ${experiment} ORDER BY 1 LIMIT 2`;
const scopeOf = (run: string) => ({
  fileId: fileId('f1'),
  simulationId: simulationId(`${experiment}-${run}`),
});

const askTwins = (engine: Engine, first: RunScope, second: RunScope) =>
  ask(engine, runTwins, {
    fileIds: [...new Set([first.fileId, second.fileId])],
    simulationId: first.simulationId,
    twin: second.simulationId,
  });

describeRealFile('pairwise.db', (path) => {
  let engine: Engine;
  beforeAll(async () => ({ engine } = await openFixture(path)));

  test('neighbouring iterations: another share of the pool from the first tick on, $15.00 less by the end', async () => {
    const runs = await engine.query(sqlOfRuns);
    const ids = Array.from({ length: runs.rowCount }, (_, row) => simulationId(String(runs.cell(0, row))));
    const [first, second] = ids.map((id) => ({ fileId: fileId('f1'), simulationId: id }));
    if (first === undefined || second === undefined) throw new Error('no runs');
    const twins = await askTwins(engine, first, second);
    expect(twins?.firstDifferentTick).toBe(0);
    expect(twins?.setups.sameScenario).toBe(true);
    expect(twins?.gaps.map(({ costGapCents }) => costGapCents)).toEqual([-750n, -1500n]);
    const same = await askTwins(engine, first, first);
    expect(same).toMatchObject({ firstDifferentTick: undefined, firstDifferentPayment: undefined });
    expect(await askTwins(engine, first, scopeOf('nothing'))).toBeUndefined();
  });

  test('the run of an iteration is its evidence; that of the comparison was never stored', async () => {
    const scope = {
      fileId: fileId('f1'),
      experimentId: experiment,
      iteration: 0,
      agentId: agentId('BANK_A'),
    };
    const evidence = await ask(engine, evidenceOf, scope);
    expect(evidence?.runs.map(({ role, run }) => [role, run.iteration])).toEqual([['context', 0]]);
    expect(evidence?.missing).toEqual([expect.stringMatching(/--persist-bootstrap/)]);
    expect((await ask(engine, evidenceOf, { ...scope, iteration: 8 }))?.missing).toEqual([
      expect.stringMatching(/No proposal of this agent is recorded/),
    ]);
  });
});

describeRealFile('unified.db', (path) => {
  test('events without names: the costs of all agents together still tell the tick and the gap', async () => {
    const { engine } = await openFixture(path);
    const [first, second] = [scopeOf('iter0-evaluation'), scopeOf('iter1-evaluation')];
    const twins = await askTwins(engine, first, second);
    expect(twins).toMatchObject({ firstDifferentTick: 0, paymentsCompared: false });
    expect(twins?.firstDifferentPayment).toBeUndefined();
    expect(twins?.gaps.at(-1)?.costGapCents).toBe(-1500n);
    expect(twins?.unknown.join(' ')).toMatch(/do not name the payment.*do not name their agent/);
    const same = await askTwins(engine, first, first);
    expect(same).toMatchObject({ firstDifferentTick: undefined });
    expect(same?.gaps.map(({ costGapCents }) => costGapCents)).toEqual([0n, 0n]);
  });
});
