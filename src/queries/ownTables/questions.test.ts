import { afterAll, expect, test } from 'vitest';

import { closeBlockingEngines } from '../../engine/wasm/blockingEngine.ts';
import { openOwn, rowsOf } from '../../testing/ownRows.ts';
import { describeRealFile } from '../../testing/realFile.ts';
import { readyQuestions } from './questions.ts';

afterAll(closeBlockingEngines);

const questionOf = (title: string): string => readyQuestions.find((one) => one.title === title)?.text ?? '';

describeRealFile('pairwise.db', (path) => {
  test('ready questions keep experiments of one name apart; an unreadable last total stays unknown', async () => {
    const { own } = await openOwn(path, 'pairwise.db');
    const experiments = new Map<unknown, Record<string, unknown>>();
    for (const { experiment_id: id, kind, proposals } of await rowsOf(
      own,
      questionOf('What became of the proposals'),
    ))
      experiments.set(id, { ...experiments.get(id), [String(kind)]: proposals });
    expect([...experiments.values()].map((kinds) => Object.values(kinds))).toEqual([
      [8n, 6n, 2n],
      [19n, 8n, 6n, 5n],
    ]);
    const firstAndLast = questionOf('First, best and last cost').replace(
      'FROM costs',
      `FROM (VALUES ('f1', 'e', 'n', 0, NULL), ('f1', 'e', 'n', 1, 700), ('f1', 'e', 'n', 2, NULL))
        v(file_id, experiment_id, experiment_name, iteration, total_cents)`,
    );
    expect(await rowsOf(own, firstAndLast)).toEqual([
      {
        file_id: 'f1',
        experiment_id: 'e',
        experiment_name: 'n',
        first_cents: undefined,
        best_cents: 700,
        best_iteration: 1,
        last_cents: undefined,
      },
    ]);
  });
});
