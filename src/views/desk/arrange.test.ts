import { describe, expect, it } from 'vitest';

import type { OpenFile } from '../../data/session/state.ts';
import { inferRules } from '../../domain/acceptance/rules.ts';
import { kindOf } from '../../domain/experiment/verdict.ts';
import { missOf } from '../../domain/acceptance/reasons.ts';
import { experimentId, fileId } from '../../lib/ids.ts';
import type { Proposal } from '../../domain/experiment/normalised.ts';
import { cents } from '../../lib/units.ts';
import { bankA, bankB, fraction, proposal } from '../../testing/figureExperiment.ts';
import { arrange, filterRows, isShown, iterationRange } from './arrange.ts';
import { changeWords } from './deskColumns.tsx';
import { deskRows, type DeskRow } from '../shared/proposals/deskRow.ts';
import { missWords, rowReason } from '../shared/proposals/proposalWords.ts';
const file = { fileId: fileId('f1'), name: 'a.db' } as OpenFile;
const rules = inferRules({ startedAt: undefined, mode: undefined, stored: undefined, reasons: [] });
const never = () => false;

function rowsOf(proposals: readonly Proposal[]): readonly DeskRow[] {
  const entries = proposals.map((one) => {
    const kind = kindOf(one, one.reason === 'timed out' ? 0 : undefined);
    const inForce = new Map([[fraction, 0.5]]);
    return {
      proposal: one,
      kind,
      miss: missOf(one, kind),
      inForce,
      after: undefined,
      odd: { inForce: new Map(), after: new Map() },
    };
  });
  const experiments = [{ fileId: file.fileId, experimentId: experimentId('e'), rules, entries }];
  return deskRows([{ file, experiments, names: new Map([['e', 'exp1']]) }]);
}

const rows = rowsOf([
  proposal(0, bankA, 'accepted', { fraction: 0.4, old: 5000, new: 4000, deltaSum: 1000, samples: 1 }),
  proposal(0, bankB, 'rejected', { fraction: 0.6, old: 5000, new: 6000, deltaSum: -1000, samples: 1 }),
  proposal(1, bankA, 'rejected', { fraction: 0.51, old: 5000, new: 5100, deltaSum: -100, samples: 1 }),
  proposal(1, bankB, 'invalid', { reason: 'no JSON' }),
  proposal(2, bankA, 'invalid', { reason: 'timed out' }),
  proposal(2, bankB, 'pending', { fraction: 0.3 }),
  proposal(10, bankA, 'rejected', { fraction: 0.5, old: 5000, new: 5050, deltaSum: -50, samples: 1 }),
]);
const place = ({ proposal: { iteration, agentId } }: DeskRow) => `${iteration} ${agentId}`;
const shown = (asked: Parameters<typeof isShown>[1]) => rows.filter((row) => isShown(row, asked));

describe('the queue', () => {
  it('groups by kind, the closest first', () => {
    const { items, rows: inOrder } = arrange(shown('rejected'), 'kind', never);
    expect(items.flatMap((item) => (item.type === 'heading' ? `${item.title} ${item.count}` : []))).toEqual([
      'Higher cost, closest first 3',
      'Invalid policy 1',
      'Failed call: no answer 1',
    ]);
    expect(inOrder.map(place)).toEqual(['10 BANK_A', '1 BANK_A', '0 BANK_B', '1 BANK_B', '2 BANK_A']);
    const places = items.flatMap((item) => (item.type === 'row' ? item.index : []));
    expect(places).toEqual([0, 1, 2, 3, 4]);
  });

  it('keeps a proposal that was rejected as worse though it is cheaper apart from those that are dearer', () => {
    const cheaper = rowsOf([
      proposal(0, bankA, 'rejected', { fraction: 0.4, old: 5000, new: 4900, deltaSum: 500, samples: 5 }),
      proposal(1, bankA, 'rejected', { fraction: 0.5, old: 5000, new: 5000, deltaSum: 0, samples: 1 }),
    ]);
    const { items } = arrange(cheaper, 'kind', never);
    expect(items.flatMap((item) => (item.type === 'heading' ? item.title : []))).toEqual([
      'Cheaper, yet rejected, smallest saving first',
      'Higher cost, closest first',
    ]);
    expect(cheaper.map(missWords)).toEqual(['2.0 % of cost', 'same cost']);
  });

  it('groups by iteration in the order of numbers, by agent and by review', () => {
    const titles = (by: Parameters<typeof arrange>[1], reviewed = never) =>
      arrange(shown('all'), by, reviewed).items.flatMap((item) =>
        item.type === 'heading' ? item.title : [],
      );
    expect(titles('iteration')).toEqual(['Iteration 0', 'Iteration 1', 'Iteration 2', 'Iteration 10']);
    expect(titles('agent')).toEqual(['BANK_A', 'BANK_B']);
    const first = (row: DeskRow) => row.proposal.iteration === 0;
    expect(
      arrange(shown('all'), 'reviewed', first).items.filter(({ type }) => type === 'heading'),
    ).toHaveLength(2);
    expect(titles('experiment')).toEqual(['exp1 e in a.db']);
  });

  it('filters by kind, agent, iterations and review, each alone and together', () => {
    const places = (search: Parameters<typeof filterRows>[1]) =>
      filterRows(rows, search, { isReviewed: never, isUnfounded: (row) => row.kind === 'failed_call' }).map(
        place,
      );
    expect(places({ kind: 'failed_call' })).toEqual(['2 BANK_A']);
    expect(places({ only: 'BANK_B', k: '1-2' })).toEqual(['1 BANK_B', '2 BANK_B']);
    expect(places({ k: '10' })).toEqual(['10 BANK_A']);
    expect(places({ within: 'other' })).toEqual([]);
    expect(places({ follows: 'no' })).toEqual(['2 BANK_A']);
    expect(places({ reviewed: 'yes' })).toEqual([]);
    expect(places({ reviewed: 'no' })).toHaveLength(7);
    expect(iterationRange('12-3')).toEqual([3, 12]);
  });

  it('counts the pending neither as rejected nor as accepted', () => {
    expect([shown('rejected').length, shown('accepted').length, shown('all').length]).toEqual([5, 1, 7]);
  });

  it('says in a row what was proposed and why it was turned down', () => {
    const words = Object.fromEntries(
      rows.map((row) => [place(row), `${changeWords(row)}; ${rowReason(row)}`]),
    );
    expect(words['0 BANK_B']).toBe('50 % → 60 %; dearer in one paired run');
    expect(words['1 BANK_B']).toBe('no usable policy; no JSON');
    expect(words['2 BANK_A']).toBe('no answer; timed out');
    expect(words['10 BANK_A']).toBe('same numbers; dearer in one paired run');
  });

  it('counts the samples behind a verdict once they are read', () => {
    const [dearer, cheaper] = rowsOf([
      proposal(9, bankB, 'rejected', { old: 18924, new: 20916, deltaSum: -99600, samples: 50 }),
      proposal(10, bankA, 'accepted', { old: 16932, new: 15119, deltaSum: 90609, samples: 50 }),
    ]);
    if (dearer === undefined || cheaper === undefined) throw new Error('no rows');
    const spread = (better: number, worse: number, sum: number) => ({
      experimentId: experimentId('e'),
      iteration: 0,
      agentId: bankA,
      count: 50,
      better,
      worse,
      equal: 0,
      wrongDeltas: 0,
      savingSumCents: cents(sum),
      oldSumCents: cents(0),
      newSumCents: cents(0),
      meanSavingCents: 0,
      savingDeviationCents: 0,
      meanNewCostCents: 0,
      newCostDeviationCents: 0,
    });
    expect(rowReason(dearer)).toBe('dearer on the mean of 50 samples');
    expect(rowReason(dearer, spread(0, 50, -99600))).toBe('dearer on all 50 samples');
    expect(rowReason(cheaper, spread(49, 1, 90609))).toBe('cheaper on 49 of 50 samples');
    expect(rowReason(dearer, spread(40, 10, -99600))).toBe('cheaper on 40 of 50, dearer in sum');
  });
});
