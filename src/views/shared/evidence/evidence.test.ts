import { expect, test } from 'vitest';

import { agentId, experimentId, simulationId } from '../../../lib/ids.ts';
import { sql } from '../../../lib/sql.ts';
import { evidenceRows } from '../../../queries/evidenceRows.ts';
import { ask } from '../../../testing/ask.ts';
import { fullContent } from '../../../testing/fixtures/fullContent.ts';
import { writeFixture } from '../../../testing/fixtures/writeFixture.ts';
import { firstFile, openFixture } from '../../../testing/openFixture.ts';
import { evidenceFiles } from './evidenceFiles.ts';

test('evidence of a proposal holds its rows, policies, exchange and runs, and says what is not there', async () => {
  const file = await writeFixture('A1', fullContent, {
    statements: [sql`UPDATE experiments SET experiment_name = '=1+1' WHERE experiment_id = 'exp1'`],
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
  const missing = tables.filter(({ rows }) => rows.length === 0).map(({ name }) => name);
  for (const name of missing.filter((each) => each !== 'unreadable_cells'))
    expect(text.get('README.md')).toContain(`- ${name}: no`);
  await engine.close();
});
