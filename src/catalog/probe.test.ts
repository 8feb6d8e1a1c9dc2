import { readFileSync, writeFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import type { Engine } from '../engine/engine.ts';
import { bootBlockingEngine } from '../engine/wasm/blockingEngine.ts';
import { sql } from '../lib/sql.ts';
import type { FixtureLayout } from '../testing/fixtures/layouts.ts';
import { writeFixture } from '../testing/fixtures/writeFixture.ts';
import { attachFixture, openFixtureOn } from '../testing/openFixture.ts';
import { probe } from './probe.ts';

/** Statements that reach the engine, as text. */
function listening(engine: Engine): { engine: Engine; asked: string[] } {
  const asked: string[] = [];
  const run: Engine['run'] = (statements) => {
    asked.push(...statements.map((statement) => statement.text));
    return engine.run(statements);
  };
  return { engine: { ...engine, run }, asked };
}

const booted = await bootBlockingEngine();

const layouts: readonly (readonly [FixtureLayout, number])[] = [
  ['A1', 8],
  ['A2', 4],
  ['B-V2', 3],
  ['B-V5', 6],
  ['simulation-only', 4],
];

test.for(layouts)(
  '%s: one narrow read of each needed table, none of a wide column',
  async ([layout, reads]) => {
    const files = await openFixtureOn(booted, await writeFixture(layout, { evaluations: [] }));
    const { engine: heard, asked } = listening(booted);
    for (const file of files) await probe(heard, file);
    expect(asked).toHaveLength(reads);
    for (const statement of asked) {
      expect(statement).toMatch(/LIMIT 1$/);
      expect(statement).not.toMatch(/event_data|details|policies|sample_details|\*/);
    }
  },
);

test('of a large file far away only what the list reads anyway', async () => {
  const [file] = await openFixtureOn(booted, await writeFixture('B-V5', { evaluations: [] }));
  const { engine: heard, asked } = listening(booted);
  if (file !== undefined) await probe(heard, file, true);
  expect(asked.map((statement) => /"(\w+)" LIMIT/.exec(statement)?.[1])).toEqual([
    'experiments',
    'experiment_iterations',
  ]);
});

describe('a damaged file', () => {
  test('fails in the probe, not in the middle of a view (a block of rows overwritten)', async () => {
    // Uncompressed, so that the text of a row can be found in the bytes.
    const statements = [sql`PRAGMA force_compression='uncompressed'`];
    const iterations = Array.from({ length: 3000 }, (_, iteration) => ({ iteration, costs: { BANK_A: 1 } }));
    const path = await writeFixture('B-V2', { iterations }, { statements });
    const bytes = readFileSync(path);
    const sound = await attachFixture(booted, path, 'sound');
    await expect(probe(booted, sound)).resolves.toBeUndefined();
    const needle = Buffer.from('{"BANK_A": 1');
    const at = bytes.indexOf(needle);
    expect(at).toBeGreaterThan(0);
    bytes.fill(0xff, at, at + needle.length);
    const broken = path.replace('B-V2.db', 'broken.db');
    writeFileSync(broken, bytes);
    const attached = await attachFixture(booted, broken, 'broken');
    await expect(probe(booted, attached)).rejects.toThrow(/checksum|corrupt/i);
  });
});
