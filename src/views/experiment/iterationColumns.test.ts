import { expect, it } from 'vitest';

import { fileId } from '../../lib/ids.ts';
import { contradictions } from '../../queries/fileFindings.ts';
import { noProposalWords } from '../../domain/experiment/verdict.ts';
import { experimentDetail } from '../../queries/experimentDetail.ts';
import { experimentList } from '../../queries/experimentList.ts';
import { ask } from '../../testing/ask.ts';
import { policyWithFraction } from '../../testing/fixtures/defaults.ts';
import { writeFixture } from '../../testing/fixtures/writeFixture.ts';
import { openFixture } from '../../testing/openFixture.ts';
import { contradictionText, iterationColumns } from './iterationColumns.tsx';
import { iterationTableRows } from './iterationTableRows.ts';

it('marks the iterations whose records contradict each other, and names the agents', async () => {
  const path = await writeFixture('B-V5', {
    iterations: [
      { iteration: 0, costs: { BANK_A: 5000, BANK_B: 5000 } },
      { iteration: 1, costs: { BANK_A: 6000, BANK_B: 5000 } },
    ],
    evaluations: [
      {
        iteration: 0,
        agent: 'BANK_A',
        oldCost: 5000,
        newCost: 6000,
        proposed: policyWithFraction(0.5),
        accepted: true,
        reason: 'passed: delta_sum > 0',
        settlementRate: 1,
      },
    ],
  });
  const { engine } = await openFixture(path);
  const [answer] = await ask(engine, contradictions, { fileId: fileId('f1') });
  if (answer === undefined) throw new Error('the experiment was not checked');
  const detail = await ask(engine, experimentDetail, {
    fileId: fileId('f1'),
    experimentId: answer.experimentId,
  });
  if (detail === undefined) throw new Error('the experiment is not in the file');
  const rows = iterationTableRows(detail, answer.found);
  const marks = rows.map((row) => (row.contradictions.length === 0 ? undefined : contradictionText(row)));
  expect(marks).toEqual(['does not follow BANK_A', undefined]);
  const idsWith = (texts: readonly string[]) =>
    iterationColumns(detail, undefined, String, undefined, texts).map(({ id }) => id);
  expect(idsWith(['does not follow BANK_A']).slice(0, 4)).toEqual(['k', 'total', 'change', 'contradictions']);
  expect(idsWith([])).not.toContain('contradictions');
});

it('says that nothing was proposed only where the loop ended with the evaluation', async () => {
  const evaluation = (iteration: number) => ({
    iteration,
    agent: 'BANK_A',
    oldCost: 5000,
    newCost: 6000,
    accepted: false,
    reason: 'cost_not_improved',
  });
  const iterations = [0, 1, 2].map((iteration) => ({ iteration, costs: { BANK_A: 5000 } }));
  const wordsOf = async (completedAt: string | null | undefined, evaluated: readonly number[]) => {
    const { engine } = await openFixture(
      await writeFixture('B-V5', {
        experiments: [{ id: 'exp1', ...(completedAt === undefined ? {} : { completedAt }) }],
        iterations,
        evaluations: evaluated.map(evaluation),
      }),
    );
    const [summary] = await ask(engine, experimentList, { fileId: fileId('f1') });
    if (summary === undefined) throw new Error('no experiment');
    const detail = await ask(engine, experimentDetail, {
      fileId: fileId('f1'),
      experimentId: summary.experimentId,
    });
    if (detail === undefined) throw new Error('no detail');
    return [0, 1, 2].map(noProposalWords(detail, summary));
  };
  const recorded = 'no proposal was read';
  const ended = 'nothing was proposed: the loop ended with this evaluation';
  expect(await wordsOf(undefined, [0, 1])).toEqual([recorded, recorded, ended]);
  expect(await wordsOf(undefined, [0])).toEqual([recorded, recorded, recorded]);
  expect(await wordsOf(null, [0, 1])).toEqual([recorded, recorded, recorded]);
});
