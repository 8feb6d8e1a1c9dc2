import { describe, expect, it } from 'vitest';
import type { ExperimentDetail } from '../../domain/experiment/normalised.ts';
import { agentId } from '../../lib/ids.ts';
import { figureInput } from './figureInput.ts';
import { figureModel, type FigureChoice } from './figureModel.ts';
import { shareOf } from './geometry.ts';
import type { PanelModel } from './panel.ts';
import {
  bankA,
  bankB,
  detail,
  fraction,
  proposal,
  row,
  sampledDetail,
} from '../../testing/figureExperiment.ts';

const plain: FigureChoice = {
  parameter: fraction,
  metric: 'cost',
  scale: 'linear',
  hiddenAgents: new Set(),
  showTotal: false,
  selected: undefined,
};

function modelOf(given: ExperimentDetail, choice: Partial<FigureChoice> = {}) {
  return figureModel(figureInput(given), { ...plain, ...choice });
}

const line = (panel: PanelModel, role: string, index: number | undefined) =>
  panel.lines
    .find((each) => each.role === role && each.agentIndex === index)
    ?.points.map(({ value }) => value);
const signs = (panel: PanelModel) => panel.marks.filter((mark) => mark.kind !== 'policy');

describe('the parameter panel', () => {
  it('steps along the policies in force, with crosses at what was proposed', () => {
    const { upper } = modelOf(sampledDetail());
    expect(line(upper, 'parameter', 0)).toEqual([0.5, 0.4, 0.4]);
    expect(
      signs(upper).map(({ iteration, agentId, kind, place }) => [iteration, agentId, kind, place]),
    ).toEqual([
      [1, bankA, 'rejected', { on: 'plot', value: 0.42 }],
      [0, bankB, 'rejected', { on: 'plot', value: 0.52 }],
      [1, bankB, 'invalid', { on: 'plot', value: 0.5 }],
    ]);
    expect(upper.labels.map(({ text }) => text)).toEqual(['40 %', '50 %']);
  });

  it('says so when there is no parameter, or when the agents shown lack it', () => {
    expect(modelOf(sampledDetail(), { parameter: undefined }).upper.emptyText).toContain(
      'no numeric parameter',
    );
    expect(modelOf(sampledDetail(), { parameter: 'urgency' }).upper.emptyText).toContain('urgency');
  });

  it('leaves out an agent whose policies lack the parameter', () => {
    const given = detail([row(0, { BANK_A: 1, BANK_B: 2 }, { BANK_A: 0.5 })], []);
    const { upper } = modelOf(given);
    expect(upper.labels.map(({ name }) => name)).toEqual([bankA]);
    expect(line(upper, 'parameter', 1)).toEqual([undefined]);
  });
});

describe('the cost panel', () => {
  it('draws accepted cost solid with its band, re-measured cost dashed, and labels the measured end', () => {
    const { lower } = modelOf(sampledDetail());
    expect(line(lower, 'accepted', 0)).toEqual([49800, 39840, 39840]);
    expect(line(lower, 'remeasured', 0)).toEqual([49800, 39900, 39840]);
    expect(lower.lines.find((each) => each.role === 'accepted')?.points[1]?.interval).toEqual([39000, 40500]);
    // BANK_B costs the same whenever it is measured.
    expect(line(lower, 'remeasured', 1)).toBeUndefined();
    expect(lower.labels.map(({ text }) => text)).toEqual(['$398.40', '$498.00']);
  });

  it('ties a rejected cross to the current cost and lifts an unparsable sign above it', () => {
    const { lower } = modelOf(sampledDetail());
    const [worse, , unread] = signs(lower);
    expect(worse).toMatchObject({ iteration: 1, place: { on: 'plot', value: 41832 }, tiedTo: 39900 });
    expect(unread).toMatchObject({ kind: 'invalid', place: { on: 'above', value: 49800 } });
  });

  it('is the measured cost alone where nothing was judged on samples', () => {
    const given = detail(
      [row(0, { BANK_A: 5000, BANK_B: 5000 }), row(1, { BANK_A: 4500, BANK_B: 5000 })],
      [proposal(0, bankA, 'accepted', { old: 5000, new: 4400, samples: 1 })],
    );
    const { lower } = modelOf(given);
    expect(lower.lines.map(({ role }) => role)).toEqual(['measured', 'measured']);
    expect(line(lower, 'measured', 0)).toEqual([5000, 4500]);
  });

  it('puts a proposal without a recorded cost on the rail, not at an invented height', () => {
    const given = detail(
      [row(0, { BANK_A: 5000 }), row(1, { BANK_A: 5000 })],
      [proposal(0, bankA, 'rejected')],
    );
    const { lower } = modelOf(given);
    expect(lower.rails).toEqual([{ id: 'missing', label: 'cost not recorded' }]);
    expect(signs(lower)[0]?.place).toEqual({ on: 'rail', rail: 'missing' });
  });

  it('breaks a line where a cost or an iteration is missing', () => {
    const given = detail(
      [
        row(0, { BANK_A: 10, BANK_B: 9 }),
        row(1, { BANK_B: 9 }),
        row(2, { BANK_A: 8 }),
        row(5, { BANK_A: 7 }),
      ],
      [],
    );
    const { lower } = modelOf(given);
    expect(line(lower, 'measured', 0)).toEqual([10, undefined, 8, undefined, 7]);
  });

  it('sends zero and below to a rail on a log scale, and breaks the line there', () => {
    const given = detail(
      [row(0, { BANK_A: 100 }), row(1, { BANK_A: 0 }), row(2, { BANK_A: 50 })],
      [proposal(1, bankA, 'rejected', { old: 0, new: 300 })],
      [bankA],
    );
    const { lower } = modelOf(given, { scale: 'log' });
    expect(line(lower, 'measured', 0)).toEqual([100, undefined, 50]);
    expect(lower.rails.map(({ id }) => id)).toEqual(['nonpositive']);
    const onRail = lower.marks.filter(({ place }) => place.on === 'rail');
    expect(onRail.map(({ iteration, kind }) => [iteration, kind])).toEqual([[1, 'policy']]);
    expect(signs(lower)[0]).toMatchObject({ place: { on: 'plot', value: 300 }, tiedTo: undefined });
  });

  it('adds the total and hides agents without changing the places of the others', () => {
    const { lower } = modelOf(sampledDetail(), { showTotal: true, hiddenAgents: new Set([bankA]) });
    expect(line(lower, 'total', undefined)).toEqual([99600, 89700, 89640]);
    expect(lower.labels.map(({ name, text }) => `${name} ${text}`)).toEqual([
      'BANK_B $498.00',
      'Total $896.40',
    ]);
    expect(lower.marks.every((mark) => mark.agentIndex === 1)).toBe(true);
  });
});

describe('the other metrics', () => {
  it('places savings around zero and what has none on a rail', () => {
    const { lower } = modelOf(sampledDetail(), { metric: 'delta' });
    expect(
      lower.marks.map(({ kind, place }) => (place.on === 'plot' ? [kind, place.value] : [kind, place.on])),
    ).toEqual([
      ['accepted', 9960],
      ['rejected', -1932],
      ['rejected', -1992],
      ['invalid', 'rail'],
    ]);
    expect(lower.rules).toEqual([{ value: 0, label: 'no saving' }]);
  });

  it('draws settlement rates with the floor', () => {
    const given = detail([row(0, { BANK_A: 1 })], [proposal(0, bankA, 'rejected', { rate: 2 / 3 })]);
    const { lower } = modelOf(given, { metric: 'settlement' });
    expect(lower.rules.map(({ value }) => value)).toEqual([0.95]);
    expect(lower.domain[0]).toBeCloseTo(0.65);
    expect(lower.formatTick(2 / 3)).toBe('66.7 %');
  });
});

describe('enormous and odd numbers', () => {
  const huge = (values: readonly number[]) =>
    modelOf(
      detail(
        values.map((value, k) => row(k, { BANK_A: 1 }, { BANK_A: value })),
        [],
        [bankA],
      ),
    ).upper;

  it('draws parameters up to the largest double on an axis that holds them', () => {
    const panel = huge([-1.7e308, 0, 1.7e308]);
    expect(panel.domain[0]).toBeLessThanOrEqual(-1.7e308);
    expect(panel.domain[1]).toBeGreaterThanOrEqual(1.7e308);
    expect(panel.domain.every(Number.isFinite)).toBe(true);
    expect(shareOf(panel, 0)).toBeCloseTo(0.5);
    expect(shareOf(panel, -1.7e308)).toBeLessThan(0.1);
    expect(panel.ticks.map(panel.formatTick)).toEqual(['−1e308', '0 %', '1e308']);
    expect(panel.labels.map(({ text }) => text)).toEqual(['1.7e308']);
  });

  it('puts a settlement rate that is no share on a rail, beside those that are', () => {
    const proposals = [0.97, 1e308, -1].map((rate, k) => proposal(k, bankA, 'rejected', { rate }));
    const given = detail(
      [0, 1, 2].map((k) => row(k, { BANK_A: 1 })),
      proposals,
      [bankA],
    );
    const { lower } = modelOf(given, { metric: 'settlement' });
    expect(signs(lower).map(({ place }) => place)).toEqual([
      { on: 'plot', value: 0.97 },
      { on: 'rail', rail: 'outside' },
      { on: 'rail', rail: 'outside' },
    ]);
    expect(lower.rails.map(({ label }) => label)).toEqual(['no share: not between 0 and 100 %']);
  });

  it('sets the axis by the finite values, whatever else a model is given', () => {
    const panel = huge([0.2, Infinity, 0.4, NaN]);
    expect(panel.domain[0]).toBe(0);
    expect(panel.domain[1]).toBeCloseTo(0.424);
  });
});

describe('size', () => {
  function large(iterations: number): ExperimentDetail {
    const rows = Array.from({ length: iterations }, (_, k) =>
      row(
        k,
        { BANK_A: 50_000 - (k % 977), BANK_B: 40_000 + (k % 13) },
        { BANK_A: (k % 100) / 100, BANK_B: 0.5 },
      ),
    );
    const proposals = rows.map(({ iteration }) =>
      proposal(iteration, bankA, 'rejected', {
        fraction: (iteration % 89) / 100,
        new: 60_000 + (iteration % 997),
      }),
    );
    return detail(rows, proposals);
  }

  it('draws at most 600 signs of 100,000 iterations, with the extremes and the selected one, and says so', () => {
    const model = modelOf(large(100_000), { selected: { iteration: 54_321 } });
    const marks = [...model.upper.marks, ...model.lower.marks];
    expect(marks.length).toBeLessThanOrEqual(600);
    const heights = model.lower.marks.map(({ place }) => (place.on === 'plot' ? place.value : 0));
    expect([Math.min(...heights), Math.max(...heights)]).toEqual([60_000, 60_996]);
    expect(model.lower.marks.some(({ iteration }) => iteration === 54_321)).toBe(true);
    expect(Math.min(...(line(model.lower, 'measured', 0)?.map((value) => value ?? Infinity) ?? []))).toBe(
      49_024,
    );
    expect(model.thinning).toMatchObject({ groups: 150, allIterations: 100_000, allProposals: 100_000 });
  });

  it('draws every line of 500 agents and thins their signs over all of them, keeping the selected agent', () => {
    const agents = Array.from({ length: 500 }, (_, i) => agentId(`BANK_${i}`));
    const rows = [0, 1, 2].map((k) =>
      row(k, Object.fromEntries(agents.map((agent, i) => [agent, 1000 * (k + 1) + i]))),
    );
    const proposals = rows.flatMap(({ iteration }) =>
      agents.map((agent, i) =>
        proposal(iteration, agent, i % 2 === 0 ? 'rejected' : 'pending', { new: 5000 + i }),
      ),
    );
    const chosen = agentId('BANK_321');
    const given = detail(rows, proposals, agents);
    const { lower, thinning } = modelOf(given, { selected: { iteration: 1, agentId: chosen } });
    expect(lower.lines).toHaveLength(500);
    expect(lower.labels).toHaveLength(0);
    const drawn = signs(lower);
    expect(drawn.length).toBeLessThanOrEqual(320);
    expect(drawn.filter(({ agentId: agent }) => agent === chosen)).toHaveLength(3);
    const heights = drawn.map(({ place }) => (place.on === 'plot' ? place.value : 0));
    expect([Math.min(...heights), Math.max(...heights)]).toEqual([5000, 5499]);
    expect(thinning).toMatchObject({ byAgent: false, allProposals: 1500, drawnProposals: drawn.length });
  });

  it('says that all agents are hidden rather than that the file records nothing', () => {
    const hiddenAgents = new Set([bankA, bankB]);
    const { upper, lower } = modelOf(sampledDetail(), { hiddenAgents });
    expect([upper.emptyText, lower.emptyText]).toEqual(['All agents are hidden.', 'All agents are hidden.']);
    expect(modelOf(sampledDetail(), { hiddenAgents, showTotal: true }).lower.emptyText).toBeUndefined();
  });

  it('draws all of a short experiment and has nothing to say about it', () => {
    expect(modelOf(large(60)).thinning).toBeUndefined();
  });

  it('has no span without iterations', () => {
    expect(modelOf(detail([], [])).span).toBeUndefined();
  });
});
