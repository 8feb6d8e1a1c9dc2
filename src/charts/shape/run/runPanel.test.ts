import { describe, expect, it } from 'vitest';

import { agentId } from '../../../lib/ids.ts';
import type { RunMetric, RunSeries, SeriesBucket } from '../../../domain/answers/runs.ts';
import { cents } from '../../../lib/units.ts';
import { stepPoints, tickSpan, runPanel } from './runPanel.ts';
import { runReadGroups, tickReadout, tickSpeech, runTable } from './runReadout.ts';
const tickOf = (tick: number, value: number): SeriesBucket => ({
  fromTick: tick,
  toTick: tick,
  leastCents: cents(value),
  mostCents: cents(value),
  lastCents: cents(value),
});
const [a, b] = [agentId('A'), agentId('B')];
const agents = [
  { agentId: a, index: 0 },
  { agentId: b, index: 1 },
];
const seriesOf = (metric: RunMetric, lines: RunSeries['lines'], thinned = false): RunSeries => ({
  metric,
  lines,
  bounded: new Map(),
  thinned,
});

describe('steps of a run', () => {
  it('each tick is as wide as the next, with two ticks too', () => {
    expect(tickSpan(2)).toEqual([-0.5, 1.5]);
    const points = stepPoints([tickOf(0, 500), tickOf(1, 300)]);
    expect(points.map(({ iteration, value }) => [iteration, value])).toEqual([
      [-0.5, 500],
      [0.5, 300],
      [1.5, 300],
    ]);
  });

  it('a bucket shows its least and most before it goes on from its last', () => {
    const bucket = {
      fromTick: 0,
      toTick: 9,
      leastCents: cents(-100),
      mostCents: cents(900),
      lastCents: cents(400),
    };
    expect(stepPoints([bucket]).map(({ iteration, value }) => [iteration, value])).toEqual([
      [-0.5, -100],
      [-0.5, 900],
      [-0.5, 400],
      [9.5, 400],
    ]);
  });
});

describe('a panel', () => {
  it('tells what is zero from what nobody knows', () => {
    const zero = runPanel(
      seriesOf('queue1', new Map([a, b].map((agent) => [agent, [tickOf(0, 0)]]))),
      agents,
      1,
    );
    expect(zero.emptyText).toBe('No payment stands in Queue 1 at the end of any tick.');
    const unknown = runPanel(seriesOf('queue1', new Map()), agents, 1);
    expect(unknown.emptyText).toBe('Waiting payments are not recorded.');
    expect(runPanel(seriesOf('cumulative', new Map()), agents, 1).emptyText).toContain('not recorded');
  });

  it('has a line and an end label for each agent that has values', () => {
    const panel = runPanel(
      seriesOf('balance', new Map([[b, [tickOf(0, 50000), tickOf(1, 65407)]]])),
      agents,
      2,
    );
    expect(panel.lines.map((line) => line.agentIndex)).toEqual([1]);
    expect(panel.labels).toEqual([{ agentIndex: 1, value: 65407, name: 'B', text: '$654.07' }]);
  });

  it('an empty queue and an unknown balance are said, not drawn; a balance of zero is drawn', () => {
    const zero = new Map([a, b].map((agent) => [agent, [tickOf(0, 0)]]));
    expect(runPanel(seriesOf('queue1', zero), agents, 1).emptyText).toContain('Queue 1');
    expect(runPanel(seriesOf('balance', new Map()), agents, 1).emptyText).toBe('Balances are not recorded.');
    expect(runPanel(seriesOf('balance', zero), agents, 1).emptyText).toBeUndefined();
  });

  it('marks zero where a balance goes below', () => {
    const panel = runPanel(seriesOf('balance', new Map([[a, [tickOf(0, -500)]]])), agents, 1);
    expect(panel.rules.map(({ value }) => value)).toEqual([0]);
    expect(panel.domain[0]).toBeLessThan(-500);
  });
});

it('the table has exact cents of every metric and agent, with a row for each bucket', () => {
  const table = runTable(
    [
      seriesOf('balance', new Map([[a, [{ ...tickOf(0, 100), toTick: 4 }, tickOf(5, 300)]]]), true),
      seriesOf(
        'cost',
        new Map([
          [a, [tickOf(5, 7)]],
          [b, [tickOf(5, 9)]],
        ]),
      ),
    ],
    agents,
  );
  expect(table.columns.map(({ group, header }) => [group, header])).toEqual([
    [undefined, 'Tick'],
    ['Balance', 'A'],
    ['Cost of each tick', 'A'],
    ['Cost of each tick', 'B'],
  ]);
  const cells = table.rows.map((row) => table.columns.map((column) => column.value(row)));
  expect(cells).toEqual([
    [4, 100n, undefined, undefined],
    [5, 300n, 7n, 9n],
  ]);
});

describe('a readout', () => {
  const within = {
    ...seriesOf('balance', new Map([[a, [tickOf(0, 100)]]])),
    bounded: new Map([[a, [{ fromTick: 1, toTick: 1, bounds: { low: cents(-500), high: cents(900) } }]]]),
  };
  const read = (series: RunSeries, tick: number) => tickReadout(runReadGroups([series], agents), tick);

  it('has every value of a tick, and says what lies within bounds and what is not known', () => {
    const facts = (tick: number) =>
      read(within, tick).blocks.map((block) => block.facts.map(({ text }) => text));
    expect(facts(0)).toEqual([['$1.00'], ['not known']]);
    expect(facts(1)).toEqual([['between −$5.00 and $9.00'], ['not known']]);
    expect(read(within, 1).blocks[0]?.facts[0]?.bounds).toEqual({ low: -500n, high: 900n });
    expect(facts(2)).toEqual([['not known'], ['not known']]);
  });

  it('of ticks put together has the last, least and most, and names the ticks', () => {
    const bucket = { ...tickOf(0, 400), toTick: 9, leastCents: cents(-100), mostCents: cents(900) };
    const readout = read(seriesOf('balance', new Map([[a, [bucket, tickOf(10, 0)]]]), true), 4);
    expect([readout.title, readout.aside]).toEqual(['Ticks 0 to 9', 'at the end of 9']);
    expect(readout.blocks[0]?.facts).toEqual([
      { label: 'Balance', text: '$4.00' },
      { label: 'Balance, least and most', text: '−$1.00, $9.00' },
    ]);
    expect(tickSpeech(readout, 'B')).toBe('Ticks 0 to 9, at the end of 9. B: Balance not known.');
  });
});
