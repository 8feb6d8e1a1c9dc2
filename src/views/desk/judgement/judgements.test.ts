import { expect, test } from 'vitest';

import type { Proposal } from '../../../domain/experiment/normalised.ts';
import { cents } from '../../../lib/units.ts';
import { keyText, proposalKey, type Judgement } from '../../../storage/reviews/review.ts';
import { toCsv } from '../../../ui/export/tableModel.ts';
import { reviewColumns, reviewRows, reviewProgress } from './judgements.ts';
const key = proposalKey('exp2', 9, 'BANK_B');
const elsewhere = proposalKey('exp1', 4, 'BANK_A');
const at = '2026-11-25T10:00:00.000Z';
const anna: Judgement = {
  reviewer: 'Anna',
  opinion: 'agree',
  note: '=HYPERLINK("http://x")',
  at,
  earlier: [],
};
const ben: Judgement = {
  reviewer: '@ben',
  opinion: undefined,
  note: 'two\nlines, "quoted"',
  at,
  earlier: [{ opinion: 'disagree', note: '-1 for this', at }],
};
const byProposal = new Map([
  [keyText(key), { key, judgements: [ben, anna] }],
  [keyText(elsewhere), { key: elsewhere, judgements: [anna] }],
]);
const proposal: Proposal = {
  iteration: 9,
  agentId: key.agentId,
  verdict: 'rejected',
  verdictSource: 'evaluation row',
  rejectionKind: 'worse',
  reason: 'delta_sum ≤ 0',
  parameters: new Map(),
  oldCostCents: cents(18_924),
  newCostCents: cents(20_916),
  deltaSumCents: cents(-99_600n),
  sampleCount: 50,
  settlementRate: undefined,
  newCostStdDevCents: undefined,
  newCostIntervalCents: undefined,
};

test('one row per judgement, cents as integers, and no text runs as a formula', () => {
  const csv = toCsv(reviewColumns, reviewRows(byProposal, [{ key, proposal }]));
  expect(csv.split('\r\n')).toEqual([
    'experiment,iteration,agent,verdict,kind,reason,old cost (cents),new cost (cents),sum of savings (cents),samples,reviewer,judgement,note,judged at (UTC),older notes',
    `exp1,4,BANK_A,,,,,,,,Anna,agree,"'=HYPERLINK(""http://x"")",${at},`,
    `exp2,9,BANK_B,rejected,dearer,delta_sum ≤ 0,18924,20916,-99600,50,'@ben,,"two\nlines, ""quoted""",${at},'-1 for this`,
    `exp2,9,BANK_B,rejected,dearer,delta_sum ≤ 0,18924,20916,-99600,50,Anna,agree,"'=HYPERLINK(""http://x"")",${at},`,
    '',
  ]);
});

test('progress counts opinions of this reviewer, not notes or colleagues', () => {
  const queue = [key, elsewhere, proposalKey('exp1', 5, 'BANK_A')];
  expect(reviewProgress({ byProposal, reviewer: 'Anna' }, queue)).toEqual({ reviewed: 2, total: 3 });
  expect(reviewProgress({ byProposal, reviewer: '@ben' }, queue)).toEqual({ reviewed: 0, total: 3 });
});
