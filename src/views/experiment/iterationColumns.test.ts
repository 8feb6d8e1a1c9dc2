import { expect, it } from 'vitest';

import { fileId } from '../../lib/ids.ts';
import { contradictions } from '../../queries/contradictions.ts';
import { experimentDossier } from '../../queries/experimentDossier.ts';
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
  const dossier = await ask(engine, experimentDossier, {
    fileId: fileId('f1'),
    experimentId: answer.experimentId,
  });
  if (dossier === undefined) throw new Error('the experiment is not in the file');
  const rows = iterationTableRows(dossier, answer.found);
  const marks = rows.map((row) => (row.contradictions.length === 0 ? undefined : contradictionText(row)));
  expect(marks).toEqual(['does not follow BANK_A', undefined]);
  const idsWith = (texts: readonly string[]) =>
    iterationColumns(dossier, undefined, String, undefined, texts).map(({ id }) => id);
  expect(idsWith(['does not follow BANK_A']).slice(0, 4)).toEqual(['k', 'total', 'change', 'contradictions']);
  expect(idsWith([])).not.toContain('contradictions');
});
