import { describe, expect, it } from 'vitest';
import { placeLabels, nearestMark, placeMarks } from './placed.ts';
import { figureInput } from './figureInput.ts';
import { figureModel } from './figureModel.ts';
import { gutters, iterationAt, labelText, panelBox, xOf, yOf } from './geometry.ts';
import { readoutPlace, topInWindow } from '../PanelStage.tsx';
import { bankB, detail, fraction, proposal, row, sampledDetail } from '../../testing/figureExperiment.ts';

const choice = {
  parameter: fraction,
  metric: 'cost',
  scale: 'linear',
  hiddenAgents: new Set<never>(),
  showTotal: false,
  selected: undefined,
} as const;
const { lower, upper } = figureModel(figureInput(sampledDetail()), choice);
const box = panelBox(lower, 800, 216, gutters([upper, lower], 800), true);

describe('geometry', () => {
  it('spans the plot from the first to the last iteration, and back', () => {
    expect(xOf(box, [0, 2], 0)).toBe(box.left + 14);
    expect(xOf(box, [0, 2], 2)).toBe(box.right - 14);
    expect(iterationAt(box, [0, 2], xOf(box, [0, 2], 1))).toBeCloseTo(1);
    expect(xOf(box, [7, 7], 7)).toBe((box.left + box.right) / 2);
  });

  it('puts the ends of the domain at the edges of the plot, on both scales', () => {
    expect(yOf(box, lower, lower.domain[0])).toBe(box.bottom);
    expect(yOf(box, lower, lower.domain[1])).toBe(box.top);
    const log = { ...lower, scale: 'log' as const, domain: [10, 1000] as const };
    expect(yOf(box, log, 100)).toBeCloseTo((box.top + box.bottom) / 2);
  });

  it('keeps names in the labels: whole, or their first and last letters where there is little room', () => {
    const label = { agentIndex: 0, value: 1, name: 'BANK_OF_AMSTERDAM_A', text: '$398.40' };
    const long = { ...lower, labels: [label] };
    expect(labelText(label, gutters([long], 800).nameLetters)).toBe('BANK_OF_AMSTERDAM_A $398.40');
    expect(labelText(label, gutters([long], 334).nameLetters)).toBe('BAN…M_A $398.40');
    expect(labelText(label, gutters([long], 160).nameLetters)).toBe('$398.40');
    // A phone: short names are whole.
    const short = { ...label, name: 'BANK_A', text: '$3,134.12' };
    const phone = gutters([{ ...lower, labels: [short] }], 300);
    expect(labelText(short, phone.nameLetters)).toBe('BANK_A $3,134.12');
  });

  it('writes an amount at the end of a line whole or not at all', () => {
    const large = {
      ...lower,
      labels: lower.labels.map((label) => ({ ...label, text: '$90,071,992,547,409.93' })),
    };
    const side = gutters([upper, large], 340);
    expect(side).toMatchObject({ nameLetters: 0, amountsFit: true });
    expect(side.right).toBeGreaterThan(140);
    expect(gutters([upper, large], 200)).toMatchObject({ amountsFit: false, right: 12 });
  });

  it('grows with the number of labels', () => {
    const labels = Array.from({ length: 30 }, (_, index) => ({
      agentIndex: index,
      value: 1,
      name: 'x',
      text: '1',
    }));
    const many = { ...lower, labels };
    const tall = panelBox(many, 800, 216, gutters([many], 800), true);
    expect(tall.bottom - tall.top).toBe(420);
    const ys = placeLabels(many, tall).map(({ y }) => y);
    ys.slice(1).forEach((y, index) => expect(y - (ys[index] ?? 0)).toBeGreaterThan(13));
  });
});

describe('placeMarks', () => {
  it('lifts an unparsable sign off the line and ties a cross to the current cost', () => {
    const placed = placeMarks(lower, box, [0, 2]);
    const unread = placed.find(({ mark }) => mark.kind === 'invalid');
    expect(unread?.y).toBeCloseTo(yOf(box, lower, 49800) - 14);
    const worse = placed.find(({ mark }) => mark.kind === 'rejected' && mark.iteration === 1);
    expect(worse?.tieY).toBeCloseTo(yOf(box, lower, 39900));
  });

  it('stands agents side by side on a rail', () => {
    const given = detail(
      [row(0, { BANK_A: 100, BANK_B: 100 }), row(1, { BANK_A: 100, BANK_B: 100 })],
      [proposal(0, bankB, 'rejected')],
    );
    const both = {
      ...given,
      proposals: [
        ...given.proposals,
        { ...proposal(0, bankB, 'rejected'), agentId: given.agents[0] ?? bankB },
      ],
    };
    const model = figureModel(figureInput(both), choice);
    const rails = placeMarks(model.lower, box, [0, 1]).filter(({ mark }) => mark.place.on === 'rail');
    const [left, right] = rails.map(({ x }) => x).sort((p, q) => p - q);
    expect((right ?? 0) - (left ?? 0)).toBe(8);
  });
});

it('nearestMark takes the closest within reach and nothing beyond', () => {
  const placed = placeMarks(lower, box, [0, 2]);
  const [x, y] = [xOf(box, [0, 2], 1), yOf(box, lower, 41832)];
  expect(nearestMark(placed, x + 3, y - 2, 16)?.mark).toMatchObject({ kind: 'rejected', iteration: 1 });
  expect(nearestMark(placed, x + 60, y, 16)).toBeUndefined();
});

it('readoutPlace stays inside, on the side with room, and goes below a narrow drawing', () => {
  expect(readoutPlace(980, 100, 2)).toMatchObject({ left: 118, isBelow: false });
  const right = readoutPlace(980, 900, 2);
  expect(right.left + right.width).toBeLessThan(900);
  expect(readoutPlace(360, 100, 6)).toMatchObject({ left: 0, width: 360, columns: 1, isBelow: true });
  expect(readoutPlace(980, 100, 9)).toMatchObject({ left: 0, width: 980, columns: 3, isBelow: true });
  expect(readoutPlace(980, 100, 5)).toMatchObject({ isBelow: true, isBrief: false });
  expect(readoutPlace(980, 100, 5, true)).toMatchObject({ left: 118, isBelow: false, isBrief: true });
  expect(readoutPlace(980, 100, 9, true)).toMatchObject({ isBelow: true, isBrief: false });
});

it('topInWindow keeps a readout in sight, and off the pointer where it goes below', () => {
  const edges = { roof: 52, floor: 892, height: 300 };
  expect(topInWindow({ ...edges, wanted: 200, pointerY: undefined })).toBe(200);
  expect(topInWindow({ ...edges, wanted: -400, pointerY: undefined })).toBe(52);
  expect(topInWindow({ ...edges, wanted: 1200, pointerY: undefined })).toBe(592);
  expect(topInWindow({ ...edges, wanted: 1200, pointerY: 500 })).toBe(592);
  expect(topInWindow({ ...edges, wanted: 1200, pointerY: 700 })).toBe(382);
  expect(topInWindow({ ...edges, wanted: -400, pointerY: 100 })).toBe(118);
});
