import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, describe, expect, test } from 'vitest';

import { askDirectly } from '../../src/data/askDirectly.ts';
import { closeBlockingEngines } from '../../src/engine/wasm/blockingEngine.ts';
import { OwnSql, resultRows } from '../../src/queries/ownTables/ownSql.ts';
import { openFixture } from '../../src/testing/openFixture.ts';
import { describeRealFile } from '../../src/testing/realFile.ts';
import { answerSql, written, type SqlFormat } from './sql.ts';

afterAll(closeBlockingEngines);

/** The questions of docs/questions.md: file, statement, and the answer as it is printed. */
const documented = [
  ...readFileSync(path.join(import.meta.dirname, '../../docs/questions.md'), 'utf8').matchAll(
    /^## \d+\. (.*)\n\nOf `(.*)`:\n\n```sql\n([\s\S]*?)\n```\n\n```text\n([\s\S]*?)```$/gm,
  ),
].map(([, title = '', file = '', text = '', answer = '']) => ({ title, file, text, answer }));

const printed = async (file: string, text: string, format: SqlFormat = 'table', out?: string) => {
  const answered = await answerSql(file, text, format, out);
  return answered.outcome === 'answered' ? answered.texts.join('') : answered.words;
};

async function openInBrowser(file: string): Promise<OwnSql> {
  const { engine, files } = await openFixture(file);
  const asking = askDirectly(engine);
  const named = files.map(({ fileId, alias }) => ({ fileId, alias, name: path.basename(file) }));
  return OwnSql.over(engine, named, (question) => asking.ask(question));
}

/** As it would be printed of what the screen of the app answers. */
async function ofBrowser(file: string, text: string): Promise<string> {
  const own = await openInBrowser(file);
  const texts: string[] = [];
  for (const statement of own.statements(text)) {
    const result = await own.run(text, statement, () => undefined);
    texts.push(written(result, await resultRows(own.engine, result, 0, result.rows), 'table'));
  }
  return texts.join('');
}

describe('docs/questions.md', () => {
  test('has twenty questions', () => {
    expect(documented).toHaveLength(20);
  });

  // One opening a file: the statements of one text are answered in their order.
  for (const name of new Set(documented.map(({ file }) => file))) {
    const questions = documented.filter(({ file }) => file === name);
    const answers = questions.map(({ answer }) => answer).join('');
    const all = questions.map(({ text }) => text).join(';\n');
    describeRealFile(name, (file) => {
      test('is answered as documented, natively and by the engine of the browser', async () => {
        expect(await printed(file, all)).toBe(answers);
        expect(await ofBrowser(file, all)).toBe(answers);
      });
    });
  }
});

describeRealFile('exp1-20251215.db', (file) => {
  test('writes CSV, JSON and Parquet with exact values', async () => {
    const text = 'SELECT agent_id, sum(cost_cents)::BIGINT AS cents FROM costs GROUP BY 1 ORDER BY 1';
    const csv = await printed(file, text, 'csv');
    expect(csv).toMatch(/^agent_id,cents\r\nBANK_A,\d+\r\nBANK_B,\d+\r\n$/);
    const rows = JSON.parse(await printed(file, text, 'json')) as {
      agent_id: string;
      cents: number;
    }[];
    expect(rows.map(({ agent_id: agent, cents }) => `${agent},${cents}`).join('\r\n')).toBe(
      csv.split('\r\n').slice(1, 3).join('\r\n'),
    );
    const out = path.join(mkdtempSync(path.join(tmpdir(), 'sql-')), 'costs.parquet');
    expect(await printed(file, text, 'parquet', out)).toBe(`2 rows written to ${out}\n`);
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const stored = await connection.runAndReadAll(`SELECT agent_id, cents FROM '${out}'`);
    expect(stored.getRowsJS().map(([agent, cents]) => [agent, Number(cents)])).toEqual(
      rows.map(({ agent_id: agent, cents }) => [agent, cents]),
    );
    connection.closeSync();
    instance.closeSync();
  });

  test('refuses what would do more than read, and says where a statement is wrong', async () => {
    expect(await printed(file, "COPY costs TO 'x.csv'")).toContain('Files are only read here');
    expect(await printed(file, 'SELECT nothing FROM costs')).toContain(
      'Line 1, column 8: There is no column nothing here.',
    );
    expect(await printed(file, 'SELECT * FROM proposals WHERE')).toBe(
      'Line 1, column 30: The statement ends too soon.\nParser Error: syntax error at end of input',
    );
  });
});
