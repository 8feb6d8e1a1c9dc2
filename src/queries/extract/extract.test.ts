import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, describe, expect, test } from 'vitest';

import { experimentId, fileId } from '../../lib/ids.ts';
import { sql } from '../../lib/sql.ts';
import { int, queryRows, text } from '../../engine/rows.ts';
import { ask } from '../../testing/ask.ts';
import { openFixture } from '../../testing/openFixture.ts';
import { describeRealFile } from '../../testing/realFile.ts';
import { fullContent } from '../../testing/fixtures/fullContent.ts';
import { writeFixture } from '../../testing/fixtures/writeFixture.ts';
import { experimentDetail } from '../experimentDetail.ts';
import { experimentList } from '../experimentList.ts';
import type { ExtractParts } from './extractPlan.ts';
import { joinFacts, readExtractFacts, verifyExtract } from './verifyExtract.ts';
import { withoutPromptTexts, writeExtract } from './writeExtract.ts';

const all: ExtractParts = { events: true, prompts: true, runs: true };
const folder = mkdtempSync(path.join(tmpdir(), 'iterscope-extract-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let made = 0;

/** Extracts experiments of one file and opens the result on an engine of its own. */
async function extracted(file: string, parts: ExtractParts = all, only?: number) {
  const { engine } = await openFixture(file);
  const f1 = { fileId: fileId('f1') };
  const list = await ask(engine, experimentList, f1);
  const experimentIds = list.map((row) => row.experimentId).slice(0, only);
  const out = path.join(folder, `${(made += 1)}.duckdb`);
  const scope = { ...f1, fileName: path.basename(file), experimentIds };
  const report = await writeExtract(engine, out, [scope], parts, () => undefined);
  const facts = joinFacts([await readExtractFacts(engine, scope, parts)]);
  const details = await Promise.all(
    experimentIds.map((id) => ask(engine, experimentDetail, { ...f1, experimentId: id })),
  );
  await engine.close();
  const again = await openFixture(out);
  const [opened] = again.files;
  if (opened === undefined) throw new Error('not opened');
  const place = { ...f1, experimentIds, alias: opened.alias };
  const words = await verifyExtract(again.engine, place, parts, report, facts);
  return { out, report, facts, words, details, experimentIds, engine: again.engine, opened };
}

const layouts = ['A1', 'A2', 'B-V3', 'B-V5'] as const;

describe.each(layouts)('experiments of a file of layout %s', (layout) => {
  test('stand in a file of the unified schema with the same costs, evaluations and runs', async () => {
    const file = await writeFixture(layout, fullContent);
    const { out, report, facts, opened, engine } = await extracted(file);
    expect(readFileSync(out).readBigUInt64LE(12)).toBe(64n);
    expect(opened.layouts.dialects).toEqual(['A1']);
    expect(report.rows.get('experiments')).toBe(2);
    expect(report.rows.get('experiment_iterations')).toBe(2);
    expect(facts.costs).toEqual([
      'exp1 0 BANK_A 5000',
      'exp1 0 BANK_B 5000',
      'exp1 1 BANK_A 4999',
      'exp1 1 BANK_B 5000',
    ]);
    const hasEvents = report.rows.has('simulation_events');
    expect(hasEvents).toBe(layout === 'A1' || layout === 'B-V5');
    await engine.close();
  });
});

describe('what may be left out', () => {
  test('prompts, with every other character of the exchange kept', () => {
    const exchange =
      '{"agent_id": "A", "system_prompt": "say \\"x, {y}\\"", "cost": 1.50, "nested": {"user_prompt": "stays", "n": 9007199254740993}, "user\\u005fprompt": null, "score": NaN}';
    expect(withoutPromptTexts(exchange)).toBe(
      '{"agent_id": "A", "cost": 1.50, "nested": {"user_prompt": "stays", "n": 9007199254740993}, "score": NaN}',
    );
    expect(withoutPromptTexts('{"user_prompt": "a"}')).toBe('{}');
    expect(withoutPromptTexts('{"user_prompt": ')).toBeUndefined();
  });

  test('prompts, events and runs of a file', async () => {
    const file = await writeFixture('A1', fullContent);
    const bare = { events: false, prompts: false, runs: true };
    const { report, engine, opened } = await extracted(file, bare);
    const exchanges = await queryRows(
      engine,
      sql`SELECT event_data FROM experiment_events WHERE event_type = 'llm_interaction'`,
      { eventData: text },
    );
    expect(exchanges).toHaveLength(2);
    for (const { eventData } of exchanges) {
      expect(eventData).not.toContain('You set a policy.');
      expect(eventData).toContain('"raw_response"');
    }
    expect(report.rows.has('simulation_runs')).toBe(true);
    expect(report.rows.has('simulation_events')).toBe(false);
    const [next] = await queryRows(
      engine,
      sql`SELECT start_value AS next FROM duckdb_sequences()
        WHERE database_name = ${opened.alias} AND sequence_name = 'experiment_events_id_seq'`,
      { next: int },
    );
    expect(next?.next).toBeGreaterThan(exchanges.length);
    await engine.close();
    const withoutRuns = await extracted(file, { events: true, prompts: true, runs: false });
    expect([...withoutRuns.report.rows.keys()].filter((table) => table.startsWith('simulation'))).toEqual([]);
    await withoutRuns.engine.close();
  });
});

describe('what is refused', () => {
  test('a stored value that the unified schema has no place for', async () => {
    const file = await writeFixture('B-V4', fullContent, {
      statements: [
        sql`CREATE TABLE others AS SELECT * REPLACE (5000.5 AS old_cost) FROM policy_evaluations`,
        sql`DROP TABLE policy_evaluations`,
        sql`ALTER TABLE others RENAME TO policy_evaluations`,
      ],
    });
    await expect(extracted(file)).rejects.toThrow(
      /policy_evaluations.old_cost would not come along unchanged/,
    );
  });

  test('a seed that the file does not record: none is made up', async () => {
    const file = await writeFixture('B-V2', fullContent, {
      statements: [sql`UPDATE experiments SET config = '{}'`],
    });
    await expect(extracted(file)).rejects.toThrow(/experiments.master_seed is empty/);
  });
});

describeRealFile('bootstrap.db', (file) => {
  test('one of its experiments shows the same as in its file', async () => {
    const { engine, experimentIds, details, words } = await extracted(file, all, 1);
    const [id] = experimentIds;
    if (id === undefined) throw new Error('no experiment');
    const again = await ask(engine, experimentDetail, {
      fileId: fileId('f1'),
      experimentId: experimentId(id),
    });
    const [before] = details;
    expect(again?.iterations).toEqual(before?.iterations);
    expect(again?.proposals).toEqual(before?.proposals);
    expect(again?.runs).toEqual(before?.runs);
    expect(words.length).toBe(4);
    await engine.close();
  });
});
