import { spawnSync } from 'node:child_process';

import { expect, it } from 'vitest';

import { bootBlockingEngine } from '../engine/wasm/blockingEngine.ts';
import { trusted } from '../lib/sql.ts';
import { shellWord, shown, sqlText } from './refusals.ts';

const names = [
  "o'neil.db",
  'a"b$HOME`id`.db',
  'back\\slash.db',
  'bang!.db',
  'line\nbreak.db',
  'rtl\u202egpj.db',
];

it('a shell gives each name back as it was', () => {
  for (const name of names) {
    const { stdout } = spawnSync('bash', ['-c', `printf %s ${shellWord(name)}`], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
    });
    expect(stdout).toBe(name);
  }
});

it('so does the engine', async () => {
  const engine = await bootBlockingEngine();
  const table = await engine.query(trusted(`SELECT [${names.map(sqlText).join(', ')}]::VARCHAR[] AS names`));
  expect(Array.from(table.cell(0, 0) as Iterable<string>)).toEqual(names);
});

it('what nobody sees is written out', () => {
  expect(shown('a\u202eb\n.db')).toBe('a‹U+202E›b‹U+000A›.db');
});
