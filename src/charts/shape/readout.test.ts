import { describe, expect, it } from 'vitest';
import { figureNotes, figureSentence } from './caption.ts';
import { figureInput } from './figureInput.ts';
import { figureModel } from './figureModel.ts';
import { figureTable } from './figureTable.ts';
import { readoutOf } from './readout.ts';
import { speechFor } from '../PolicyCostDrawing.tsx';
import {
  bankA,
  bankB,
  detail,
  fraction,
  proposal,
  row,
  sampledDetail,
} from '../../testing/figureExperiment.ts';

const input = figureInput(sampledDetail());
const at = (iteration: number) => readoutOf(input, input.agents, iteration, fraction);

describe('readoutOf', () => {
  it('compares policy and proposal with exact values', () => {
    const [a] = at(1).agents;
    expect(at(1).total).toBe('$897.00');
    expect(a?.compared).toEqual([
      { label: 'initial liquidity fraction', text: '40 % → 42 %' },
      { label: 'cost', text: '$399.00 → $418.32' },
      { label: 'accepted at', text: '$398.40' },
      { label: '95 % of that mean', text: '$390.00 to $405.00' },
      { label: 'mean saving of 50 samples', text: '−$19.32' },
    ]);
  });

  it('says what is not recorded instead of leaving it out', () => {
    const bare = figureInput(detail([row(0, { BANK_A: 100 })], [proposal(0, bankB, 'rejected')]));
    const [, b] = readoutOf(bare, bare.agents, 0, fraction).agents;
    expect(b?.compared).toEqual([
      { label: 'initial liquidity fraction', text: 'not in this policy' },
      { label: 'cost', text: 'not recorded' },
      { label: 'new cost', text: 'not recorded' },
    ]);
  });

  it('reads the first of two rows that are stored for one iteration', () => {
    const twice = figureInput(detail([row(0, { BANK_A: 100 }), row(0, { BANK_A: 999 })], [], [bankA]));
    expect(readoutOf(twice, twice.agents, 0, undefined).total).toBe('$1.00');
  });

  it('names the costs it was judged at where they differ from the measured one', () => {
    const judged = figureInput(
      detail([row(0, { BANK_A: 100 })], [proposal(0, bankA, 'rejected', { old: 110, new: 120 })], [bankA]),
    );
    const [a] = readoutOf(judged, judged.agents, 0, undefined).agents;
    expect(a?.compared).toContainEqual({ label: 'judged at', text: '$1.10 → $1.20' });
    expect(a?.compared).toContainEqual({ label: 'cost', text: '$1.00' });
  });
});

describe('speechFor', () => {
  it('speaks the policy and the proposal apart, with verdict and reason', () => {
    expect(speechFor(at(0), { agentId: bankB, part: 'policy' })).toBe(
      'Iteration 0, BANK_B, policy in force: initial liquidity fraction 50 %, cost $498.00.',
    );
    expect(speechFor(at(0), { agentId: bankB, part: 'proposal' })).toBe(
      'Iteration 0, BANK_B, proposal rejected: initial liquidity fraction 52 %, old cost $498.00, new cost $517.92, mean saving of 50 samples −$19.92. Reason: not cheaper in sum',
    );
    expect(speechFor(at(1), { agentId: bankB, part: 'proposal' })).toBe(
      'Iteration 1, BANK_B, proposal unparsable. Reason: no JSON',
    );
  });
});

it('says of an iteration without a proposal what the file tells', () => {
  const alone = detail([row(0, { BANK_A: 100 })], []);
  const policy = { agentId: bankA, part: 'policy' } as const;
  const spoken = (given: typeof input) => speechFor(readoutOf(given, given.agents, 0, undefined), policy);
  expect(spoken(figureInput(alone))).toBe(
    'Iteration 0, BANK_A, policy in force: cost $1.00; no proposal was read.',
  );
  expect(spoken(figureInput(alone, () => 'nothing was proposed'))).toBe(
    'Iteration 0, BANK_A, policy in force: cost $1.00; nothing was proposed.',
  );
});

describe('the caption', () => {
  it('gives first and last total and counts the verdicts', () => {
    expect(figureSentence(input)).toBe(
      'Total cost goes from $996.00 to $896.40 over 3 iterations; of 4 proposals, 1 accepted, 2 rejected and 1 unparsable.',
    );
    expect(figureSentence(figureInput(detail([], [])))).toBe('No iteration of this experiment was recorded.');
  });

  it('explains the lines that are drawn, and why the dashed one is not', () => {
    const notesOf = (given: typeof input, amountsFit = true) => {
      const model = figureModel(given, {
        parameter: fraction,
        metric: 'cost',
        scale: 'linear',
        hiddenAgents: new Set(),
        showTotal: false,
        selected: undefined,
      });
      const notes = figureNotes(model, given.agents, 'cost', given.rows, fraction, amountsFit);
      return [...notes.leftOut, ...notes.reading].join(' ');
    };
    expect(notesOf(input)).toContain('The figure at the end of a line');
    expect(notesOf(input, false)).not.toContain('The figure at the end of a line');
    expect(notesOf(input, false)).toContain('There is no room for the amounts at the ends of the lines');
    expect(notesOf(input)).toContain('Dashed: the policy in force measured again');
    const { iterations, proposals } = sampledDetail();
    const same = detail(
      iterations,
      proposals.filter(({ agentId }) => agentId === bankB),
      [bankB],
    );
    expect(notesOf(figureInput(same))).toContain('no dashed line is drawn');
    expect(notesOf(figureInput(detail(iterations, [])))).toContain('measured in each iteration');
    expect(notesOf(input)).not.toContain('not drawn, as what is stored');
    const [start, ...later] = iterations;
    const odd = new Map([[bankA, new Map([[fraction, 'NaN']])]]);
    const withOdd = start === undefined ? [] : [{ ...start, unreadableParameters: odd }, ...later];
    expect(notesOf(figureInput(detail(withOdd, [])))).toContain(
      'Initial liquidity fraction: 1 value not drawn, as what is stored is no number: BANK_A in iteration 0 (NaN).',
    );
  });
});

describe('figureTable', () => {
  const { columns, rows } = figureTable(input, input.agents, fraction);
  const cell = (group: string, header: string, iteration: number) => {
    const column = columns.find((each) => each.group === group && each.header === header);
    const found = rows.find((each) => each.iteration === iteration);
    return column === undefined || found === undefined ? 'no such cell' : column.value(found);
  };

  it('has every iteration with integer cents, parameters and verdicts per agent', () => {
    expect(rows.map(({ iteration }) => iteration)).toEqual([0, 1, 2]);
    expect(cell('BANK_A', 'Initial liquidity fraction', 1)).toBe(0.4);
    expect(cell('BANK_A', 'Proposed', 1)).toBe(0.42);
    expect(cell('BANK_A', 'New cost', 1)).toBe(41832n);
    expect(cell('BANK_A', 'Saving', 1)).toBe(-1932n);
    expect(cell('BANK_B', 'Verdict', 1)).toBe('unparsable');
    expect(cell('BANK_B', 'Verdict', 2)).toBeUndefined();
  });

  it('shows dollars, and a dash for absence', () => {
    const total = columns.find(({ id }) => id === 'total');
    const [first] = rows;
    expect(first === undefined ? undefined : total?.render?.(first)).toBe('$996.00');
    const saving = columns.find((each) => each.group === 'BANK_B' && each.header === 'Saving');
    const last = rows.at(-1);
    expect(last === undefined ? undefined : saving?.render?.(last)).toBe('–');
  });
});
