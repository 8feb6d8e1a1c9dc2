import { describe, expect, test } from 'vitest';

import { experimentId, simulationId } from '../lib/ids.ts';
import { seedOfDigest, type RunEvent, type RunEvidence, type StoredRun, linkRuns } from './linkRuns.ts';
const experiment = experimentId('exp1-20261123-045337-b1f149');

function run(name: string, more: Partial<StoredRun> = {}): StoredRun {
  return {
    simulationId: simulationId(`${experiment}-${name}`),
    iteration: undefined,
    purpose: undefined,
    sampleIndex: undefined,
    seed: 0n,
    ticksPerDay: 2,
    dayCount: 1,
    arrivals: 3,
    settlements: 3,
    totalCostCents: undefined,
    status: 'completed',
    ...more,
  };
}

function event(name: string, seed: bigint | undefined, iteration = 0, purpose = 'eval'): RunEvent {
  return { simulationId: simulationId(`${experiment}-${name}`), iteration, purpose, seed };
}

/** One line per run: `name -> iteration (how) purpose seed`. */
function linksOf(evidence: Partial<RunEvidence>): string[] {
  const whole = {
    experimentId: experiment,
    runs: [],
    events: [],
    evaluationIterations: new Map(),
    iterationSeeds: [100n, 101n, 102n, 103n].map((seed, iteration) => ({ iteration, seed })),
    lastIteration: 3,
    ...evidence,
  };
  return linkRuns(whole).map((found) => {
    const name = found.simulationId.slice(experiment.length + 1);
    return `${name} -> ${found.iteration ?? '?'} (${found.linkedBy}) ${found.purpose ?? '?'} ${found.seed ?? '?'}`;
  });
}

describe('the order of trust (3.6)', () => {
  test('a column comes first, whatever seed and event say', () => {
    const runs = [run('sim-001-eval', { iteration: 2 })];
    expect(linksOf({ runs, events: [event('sim-001-eval', 101n, 3)] })).toEqual([
      'sim-001-eval -> 2 (column) evaluation 101',
    ]);
  });

  test('evaluation_simulation_id of an iteration is a column too', () => {
    const runs = [run('mine')];
    const evaluationIterations = new Map([[simulationId(`${experiment}-mine`), 3]]);
    expect(linksOf({ runs, evaluationIterations })).toEqual(['mine -> 3 (column) ? ?']);
  });

  test('the seed of its event, then a non-zero iteration of the event; a 0 there is not trusted', () => {
    const runs = [run('sim-001-eval'), run('sim-004-eval'), run('sim-007-eval')];
    const events = [event('sim-001-eval', 103n), event('sim-004-eval', 7n, 1), event('sim-007-eval', 8n, 0)];
    expect(linksOf({ runs, events })).toEqual([
      'sim-004-eval -> 1 (event) evaluation 7',
      'sim-007-eval -> 2 (order) evaluation 8',
      'sim-001-eval -> 3 (seed) evaluation 103',
    ]);
  });

  test('a seed that two iterations share links nothing', () => {
    const iterationSeeds = [100n, 100n].map((seed, iteration) => ({ iteration, seed }));
    const found = linksOf({
      runs: [run('sim-001-eval')],
      events: [event('sim-001-eval', 100n)],
      iterationSeeds,
    });
    expect(found).toEqual(['sim-001-eval -> 0 (order) evaluation 100']);
  });

  test('a structured id that names this experiment (4.1)', () => {
    const runs = [run('iter5-bootstrap-sample12'), run('iter3-evaluation', { purpose: 'evaluation' })];
    expect(linksOf({ runs, iterationSeeds: [] })).toEqual([
      'iter3-evaluation -> 3 (id) evaluation ?',
      'iter5-bootstrap-sample12 -> 5 (id) bootstrap ?',
    ]);
    const other = { ...run('x'), simulationId: simulationId(`${experiment}-more-iter3-final`) };
    expect(linksOf({ runs: [other] })).toEqual(['more-iter3-final -> ? (none) ? ?']);
  });

  test('order of the numeric counter, which grows beyond three digits and has gaps (4.3)', () => {
    const runs = ['sim-1000-eval', 'sim-001-eval', 'sim-997-eval'].map((name) => run(name));
    expect(linksOf({ runs })).toEqual([
      'sim-001-eval -> 0 (order) evaluation ?',
      'sim-997-eval -> 1 (order) evaluation ?',
      'sim-1000-eval -> 2 (order) evaluation ?',
    ]);
  });
});

describe('the order rule', () => {
  test('is not disturbed by pair comparisons and bootstrap samples', () => {
    const runs = [
      run('sim-001-eval'),
      run('sim-003-eval', { iteration: 0 }),
      run('sim-005-eval', { iteration: 0 }),
      run('sim-006-bootstrap'),
      run('sim-007-eval'),
    ];
    expect(linksOf({ runs }).filter((line) => line.includes('(order)'))).toEqual([
      'sim-001-eval -> 0 (order) evaluation ?',
      'sim-007-eval -> 1 (order) evaluation ?',
    ]);
  });

  test('gives away neither an iteration held by better evidence nor one that was never reached', () => {
    const runs = [run('sim-001-eval'), run('sim-004-eval'), run('sim-007-eval'), run('sim-010-eval')];
    const events = [event('sim-004-eval', 100n)];
    expect(linksOf({ runs, events, lastIteration: 1 })).toEqual([
      'sim-004-eval -> 0 (seed) evaluation 100',
      'sim-007-eval -> 2 (order) evaluation ?',
      'sim-001-eval -> ? (none) evaluation ?',
      'sim-010-eval -> ? (none) evaluation ?',
    ]);
  });

  test('ignores runs of a longer experiment id that begins alike (11.24)', () => {
    const other = { ...run('x'), simulationId: simulationId(`${experiment}0-sim-001-eval`) };
    expect(linksOf({ runs: [other, run('sim-004-eval')] })).toEqual([
      'sim-004-eval -> 0 (order) evaluation ?',
      '-sim-001-eval -> ? (none) ? ?',
    ]);
  });
});

describe('the true seed (0.8)', () => {
  test('comes from the event; a stored 0 is no seed', () => {
    const runs = [run('sim-001-init', { iteration: 0 }), run('sim-002-init', { iteration: 1 })];
    expect(linksOf({ runs, events: [event('sim-001-init', 77n, 0, 'initial_bootstrap')] })).toEqual([
      'sim-001-init -> 0 (column) initial 77',
      'sim-002-init -> 1 (column) initial ?',
    ]);
  });

  test('is found by iteration where schema A stores the run under its own id', () => {
    const runs = [run('iter1-evaluation', { iteration: 1, purpose: 'evaluation' })];
    expect(linksOf({ runs, events: [event('sim-004-eval', 101n)] })).toEqual([
      'iter1-evaluation -> 1 (column) evaluation 101',
    ]);
  });

  test('is the first four bytes of the digest mod 2^31', () => {
    expect(seedOfDigest('00000001')).toBe(1n);
    expect(seedOfDigest('80000001')).toBe(1n);
    expect(seedOfDigest('ffffffff')).toBe(2n ** 31n - 1n);
  });
});
