import { expect, test } from 'vitest';

import { agentId, experimentId, simulationId } from '../../../lib/ids.ts';
import { sql } from '../../../lib/sql.ts';
import { eventSeeds, evidenceRows } from '../../../queries/evidenceRows.ts';
import { consistencyChecks } from '../../../queries/run/consistencyChecks.ts';
import { ask } from '../../../testing/ask.ts';
import { fullContent } from '../../../testing/fixtures/fullContent.ts';
import { writeFixture } from '../../../testing/fixtures/writeFixture.ts';
import { firstFile, openFixture } from '../../../testing/openFixture.ts';
import { evidenceFiles } from './evidenceFiles.ts';

test('evidence of a proposal holds its rows, policies, exchange and runs, and says what is not there', async () => {
  const file = await writeFixture('A1', fullContent, {
    statements: [
      sql`UPDATE experiments SET experiment_name = '=1+1' WHERE experiment_id = 'exp1'`,
      sql`UPDATE simulation_runs SET rng_seed = 0`,
    ],
  });
  const { engine } = await openFixture(file);
  const scope = {
    ...firstFile,
    experimentId: experimentId('exp1'),
    iteration: 0,
    nextIteration: 1,
    agentId: agentId('BANK_A'),
    runs: [simulationId('exp1-iter0-evaluation')],
  };
  const tables = await ask(engine, evidenceRows, scope);
  const files = evidenceFiles({
    title: 'proposal for BANK_A',
    provenance: ['File: A1.db'],
    tables,
    verdicts: [{ agentId: 'BANK_A', verdict: 'rejected', source: 'event', reason: undefined }],
    contradictions: [],
    proposed: ['BANK_A', 'BANK_B'].map((agent) => ({ iteration: 0, agentId: agent, policy: '{"own":1}' })),
    consistency: [
      {
        simulationId: 'exp1-iter0-evaluation',
        checks:
          (await ask(engine, consistencyChecks, {
            ...firstFile,
            simulationId: simulationId('exp1-iter0-evaluation'),
          })) ?? [],
      },
    ],
  });
  const text = new Map(files.map(({ path, content }) => [path, String(content)]));
  const costs = text.get('rows/iteration_costs.csv') ?? '';
  expect(costs.split('\r\n').filter((line) => line.startsWith('exp1'))).toEqual([
    'exp1,0,BANK_A,5000,5000',
    'exp1,0,BANK_B,5000,5000',
    'exp1,1,BANK_A,4999,4999',
    'exp1,1,BANK_B,5000,5000',
  ]);
  // A name that a spreadsheet would run.
  expect(text.get('rows/experiments.csv')).toContain(",'=1+1,");
  expect(text.get('policies/in-force-iteration-0.json')).toContain('0.5');
  expect([...text.keys()].filter((path) => path.startsWith('exchange/'))).toHaveLength(3);
  expect(text.get('rows/simulation_events.csv')?.trim().split('\r\n')).toHaveLength(1 + 3);
  expect(text.get('checks.txt')).toContain('BANK_A: rejected, known from: event');
  expect(text.get('checks.txt')).toMatch(/Consistency of run exp1-iter0-evaluation\n\n\w/);
  // BANK_A has a row of an evaluation with its text, BANK_B none.
  expect([...text.keys()].filter((path) => path.startsWith('policies/proposed'))).toEqual([
    'policies/proposed-iteration-0-BANK_A.json',
    'policies/proposed-iteration-0-BANK_B-read-from-other-records.json',
  ]);
  expect(text.get('README.md')).toContain(
    'rng_seed of exp1-iter0-evaluation is 0: by the event of the loop the run has seed 7',
  );
  const missing = tables.filter(({ rows }) => rows.length === 0).map(({ name }) => name);
  for (const name of missing.filter((each) => each !== 'unreadable_cells' && each !== eventSeeds))
    expect(text.get('README.md')).toContain(`- ${name}: no`);
  await engine.close();
});
