import { beforeAll, describe, expect, test } from 'vitest';

import { bootBlockingEngine, type BlockingEngine } from '../engine/wasm/blockingEngine.ts';
import { formatMoney } from '../lib/format.ts';
import { checkRules } from '../domain/acceptance/check.ts';
import { conclude, hypothetical, rulesToTry } from '../domain/acceptance/conclude.ts';
import { newCostInterval, sampleStatistics } from '../domain/acceptance/statistics.ts';
import type { DeskExperiment } from '../domain/answers/desk.ts';
import { experimentId, fileId } from '../lib/ids.ts';
import type { Sample } from '../domain/experiment/normalised.ts';
import { ask } from '../testing/ask.ts';
import { writeFixture } from '../testing/fixtures/writeFixture.ts';
import { openFixtureOn } from '../testing/openFixture.ts';
import { describeRealFile } from '../testing/realFile.ts';
import { contradictions } from './fileFindings.ts';
import { deskQueue } from './deskQueue.ts';
import { proposalDetail } from './iterationDetail.ts';
import { sampleSavings } from './sampleSavings.ts';

const file = fileId('f1');
let engine: BlockingEngine;
beforeAll(async () => {
  engine = await bootBlockingEngine();
});

interface Recomputed {
  readonly name: string;
  readonly samples: readonly Sample[];
  readonly conclusion: ReturnType<typeof conclude>;
}

/** Every compared proposal of an experiment, its verdict held against its own samples. */
async function recompute({ experimentId: id, entries, rules }: DeskExperiment): Promise<Recomputed[]> {
  const found: Recomputed[] = [];
  for (const { proposal } of entries) {
    if (proposal.verdictSource !== 'evaluation row') continue;
    const { iteration, agentId } = proposal;
    const detail = await ask(engine, proposalDetail, { fileId: file, experimentId: id, iteration, agentId });
    const samples = detail?.samples ?? [];
    const statistics = sampleStatistics(samples);
    found.push({
      name: `${iteration} ${agentId}`,
      samples,
      conclusion: conclude(proposal, rules, checkRules(proposal, rules, statistics)),
    });
  }
  return found;
}

describeRealFile('bootstrap.db', (path) => {
  let experiments: DeskExperiment[] = [];
  let recomputed: Recomputed[] = [];
  beforeAll(async () => {
    await openFixtureOn(engine, path);
    experiments = await ask(engine, deskQueue, { fileId: file });
    recomputed = (await Promise.all(experiments.map(recompute))).flat();
  });

  test('every verdict follows from its 50 samples, and every summary is what they give', async () => {
    expect(recomputed).toHaveLength(48);
    expect(recomputed.every(({ samples }) => samples.length === 50)).toBe(true);
    expect(recomputed.filter(({ conclusion }) => conclusion.kind !== 'follows')).toEqual([]);
    expect((await ask(engine, contradictions, { fileId: file })).flatMap(({ found }) => found)).toEqual([]);
  });

  test('at iteration 10 BANK_A was accepted, and one of its samples got worse', () => {
    const accepted = recomputed.find(({ name }) => name === '10 BANK_A');
    const statistics = sampleStatistics(accepted?.samples ?? []);
    if (statistics === undefined) throw new Error('no samples');
    const { better, worse, equal } = statistics;
    expect([better, worse, equal]).toEqual([49, 1, 0]);
    expect(newCostInterval(statistics)?.map(Math.trunc)).toEqual([14756, 15483]);
    expect(formatMoney(statistics.savingSumCents)).toBe('$906.09');
    const lost = accepted?.samples.filter(({ deltaCents }) => deltaCents < 0n) ?? [];
    expect(lost.map(({ deltaCents }) => formatMoney(deltaCents))).toEqual(['−$69.99']);
  });

  test('the engine gives the statistics of the savings that TypeScript gives', async () => {
    const [first] = experiments;
    if (first === undefined) throw new Error('no experiment');
    const savings = await ask(engine, sampleSavings, { fileId: file, experimentId: first.experimentId });
    const mine = new Map(
      recomputed.slice(0, 24).map(({ name, samples }) => [name, sampleStatistics(samples)]),
    );
    expect(savings).toHaveLength(24);
    for (const { iteration, agentId, experimentId: of, ...saving } of savings) {
      expect(of).toBe(first.experimentId);
      const own = mine.get(`${iteration} ${agentId}`);
      expect(saving).toMatchObject({ count: 50, better: own?.better, worse: own?.worse, equal: own?.equal });
      expect(saving.meanSavingCents).toBeCloseTo(own?.meanSavingCents ?? Number.NaN, 6);
      expect(saving.savingDeviationCents).toBeCloseTo(own?.savingDeviationCents ?? Number.NaN, 6);
    }
  });

  test('its own rules, tried as others would be, give the stored counts; a greater saving turns 0.29 down', () => {
    const [first] = experiments;
    if (first === undefined) throw new Error('no experiment');
    const rules = rulesToTry(first.rules);
    const compared = first.entries.filter(({ kind }) => kind !== 'invalid');
    const verdicts = compared.map(({ proposal }) => hypothetical(proposal, undefined, rules)?.verdict);
    expect(verdicts).toEqual(compared.map(({ proposal }) => proposal.verdict));
    const strict = { ...rules, leastSaving: 0.04 };
    const fallen = compared.filter(
      ({ kind, proposal }) =>
        kind === 'accepted' && hypothetical(proposal, undefined, strict)?.verdict === 'rejected',
    );
    expect(fallen.map(({ proposal }) => `${proposal.iteration} ${proposal.agentId}`)).toEqual(['7 BANK_A']);
  });
});

describe('a fabricated file', () => {
  const sample = (index: number, oldCost: number, newCost: number) => ({
    index,
    seed: index,
    old_cost: oldCost,
    new_cost: newCost,
    delta: oldCost - newCost,
  });
  const evaluation = (
    agent: string,
    accepted: boolean,
    reason: string,
    details: object[],
    newCost: number,
  ) => ({
    iteration: 0,
    agent,
    oldCost: 5000,
    newCost,
    accepted,
    reason,
    mode: 'bootstrap',
    numSamples: 2,
    deltaSum: 2 * (5000 - newCost),
    sampleDetails: JSON.stringify(details),
  });

  test('flags the verdict that contradicts its samples, and no other', async () => {
    const path = await writeFixture('B-V5', {
      experiments: [{ id: 'e', config: { evaluation: { mode: 'bootstrap', num_samples: 2 } } }],
      iterations: [{ iteration: 0, costs: { A: 5000, B: 5000, C: 5000 } }],
      evaluations: [
        evaluation('A', false, 'delta_sum ≤ 0', [sample(0, 5000, 4000), sample(1, 5000, 4500)], 4250),
        evaluation('B', false, 'delta_sum ≤ 0', [sample(0, 5000, 6000), sample(1, 5000, 6000)], 6000),
        evaluation('C', true, 'passed: delta_sum > 0', [sample(0, 5000, 6000), { index: 1 }], 4900),
      ],
    });
    await openFixtureOn(engine, path);
    const [only] = await ask(engine, deskQueue, { fileId: file });
    if (only === undefined) throw new Error('no experiment');
    const found = await recompute(only);
    expect(found.map(({ name, conclusion }) => [name, conclusion.kind])).toEqual([
      ['0 A', 'contradicts'],
      ['0 B', 'follows'],
      // Its stored sum is a saving, its one readable sample is not.
      ['0 C', 'contradicts'],
    ]);
    const savings = await ask(engine, sampleSavings, { fileId: file, experimentId: experimentId('e') });
    expect(savings.map(({ agentId, better, worse }) => [agentId, better, worse])).toEqual([
      ['A', 2, 0],
      ['B', 0, 2],
    ]);
  });
});
