import { describe, expect, it } from 'vitest';

import { openNativeEngine } from '../../engine/node/nativeEngine.ts';
import type { JsonObject } from '../../lib/json.ts';
import { openUnifiedDatabase, type UnifiedDatabase } from '../../persistence/unifiedDatabase.ts';
import { agentId, experimentId } from '../../lib/ids.ts';
import { stoppedClock, stoppedWatch } from '../../testing/labClock.ts';
import { checkDatabase } from '../invariants/checkDatabase.ts';
import { loadScenario } from '../record/recordRun.ts';
import { toJsonObject } from '../record/toJson.ts';
import { threePeriods, twelvePeriods, twoPeriods } from '../samples/writeSample.ts';
import { defaultPolicy, experimentConfig, type ExperimentConfigInput } from './laboratory.ts';
import { localSearch, withParameter } from './localSearch.ts';
import { runExperiment, type ExperimentRequest } from './runExperiment.ts';
import { contextText, type ProposalContext, type Proposer } from './proposer.ts';

/** A proposer that answers what a script says; the context goes back unchanged where the script is silent. */
function scriptedProposer(script: (context: ProposalContext) => string | undefined): Proposer {
  return {
    model: 'scripted',
    propose: (context) =>
      Promise.resolve({
        systemPrompt: '{"proposer":"scripted"}',
        userPrompt: contextText(context),
        rawResponse: script(context) ?? JSON.stringify(context.policy),
      }),
  };
}

const id = experimentId('exp-20261123-100000-abcdef');
const [a, b] = [agentId('BANK_A'), agentId('BANK_B')];

function request(
  proposer: Proposer,
  change: Partial<ExperimentConfigInput> = {},
  scenario: object = twoPeriods,
): ExperimentRequest {
  return {
    experimentId: id,
    config: experimentConfig.parse({
      name: 'exp',
      description: '',
      master_seed: 43,
      evaluation: { mode: 'deterministic-pairwise' },
      convergence: { max_iterations: 6 },
      optimized_agents: ['BANK_A', 'BANK_B'],
      ...change,
    }),
    scenario: loadScenario('scenario', toJsonObject(scenario)),
    proposer,
    clock: stoppedClock,
    elapsed: stoppedWatch,
  };
}

async function inDatabase<T>(body: (database: UnifiedDatabase) => Promise<T>): Promise<T> {
  const engine = await openNativeEngine();
  try {
    return await body(await openUnifiedDatabase(engine, { clock: stoppedClock }));
  } finally {
    await engine.close();
  }
}

const fraction = (context: ProposalContext, value: number) =>
  JSON.stringify(withParameter(context.policy, 'initial_liquidity_fraction', value));

describe('deterministic pairs', () => {
  const script = scriptedProposer((context) => {
    if (context.agentId === b) return undefined;
    const answers: readonly ((from: ProposalContext) => string)[] = [
      (from) => fraction(from, 0.4),
      (from) => fraction(from, 0.6),
      () => 'I would lower the fraction.',
      (from) => fraction(from, 1.2),
      (from) => `Here it is:\n\`\`\`json\n${fraction(from, 0.3)}\n\`\`\``,
    ];
    return answers[context.iteration]?.(context);
  });

  it('accepts, rejects and refuses as the rules say, and the next row has what was accepted', () =>
    inDatabase(async (database) => {
      const result = await runExperiment(database, request(script));
      expect(result).toEqual({ converged: false, reason: 'Max iterations reached (6)', iterations: 6 });
      const iterations = await database.experiments.loadIterations(id);
      expect(iterations.map(({ costsPerAgent }) => costsPerAgent.get(a))).toEqual([
        5_000n,
        4_000n,
        4_000n,
        4_000n,
        4_000n,
        3_000n,
      ]);
      expect(iterations.map(({ acceptedChanges }) => acceptedChanges.get(a))).toEqual([
        true,
        false,
        false,
        false,
        true,
        false,
      ]);
      expect(iterations[1]?.policies.get(a)).toEqual(
        withParameter(defaultPolicy('BANK_A'), 'initial_liquidity_fraction', 0.4),
      );
      const evaluations = await database.experiments.loadEvaluations(id);
      expect(
        evaluations.map((row) => [
          row.iteration,
          row.agentId,
          row.oldCostCents,
          row.newCostCents,
          row.acceptanceReason,
        ]),
      ).toEqual([
        [0, a, 5_000n, 4_000n, 'passed: delta_sum > 0'],
        [1, a, 4_000n, 6_000n, 'delta_sum ≤ 0'],
        [4, a, 4_000n, 3_000n, 'passed: delta_sum > 0'],
      ]);
      expect(evaluations[0]).toMatchObject({ deltaSumCents: 1_000n, numSamples: 1, settlementRate: 1 });
      const breakdown = [...(evaluations[0]?.costBreakdown?.values() ?? [])];
      expect(breakdown.reduce((sum, part) => sum + part, 0n)).toBe(4_000n);
      const experiment = await database.experiments.load(id);
      expect(experiment).toMatchObject({ converged: false, numIterations: 6, bestCostCents: 8_000n });
    }));

  it('records each exchange as it was, and what was wrong with it', () =>
    inDatabase(async (database) => {
      await runExperiment(database, request(script));
      const events = await database.experiments.loadEvents(id);
      const exchanges = events.filter(({ eventType }) => eventType === 'llm_interaction');
      const ofA = exchanges.map(({ eventData }) => eventData).filter(({ agent_id: agent }) => agent === a);
      expect(ofA.map(({ model }) => model)).toEqual(Array(5).fill('scripted'));
      expect(ofA[2]).toMatchObject({ raw_response: 'I would lower the fraction.', parsed_policy: null });
      expect(ofA[2]?.parsing_error).toMatch(/^no JSON/);
      expect(ofA[2]?.completion_tokens).toBe(5);
      expect(ofA[3]?.parsing_error).toMatch(/1\.2 is not between 0 and 1/);
      expect(Object.keys(ofA[0] ?? {})).toEqual([
        'agent_id',
        'system_prompt',
        'user_prompt',
        'raw_response',
        'parsed_policy',
        'parsing_error',
        'model',
        'prompt_tokens',
        'completion_tokens',
        'latency_seconds',
      ]);
      const rejected = events.filter(({ eventType }) => eventType === 'policy_rejected');
      expect(rejected.map(({ iteration, eventData }) => [iteration, eventData.rejection_reason])).toEqual([
        [3, 'validation_failed'],
      ]);
      // The last iteration stops before anyone is asked.
      expect(events.filter(({ iteration }) => iteration === 5).map(({ eventType }) => eventType)).toEqual([
        'simulation_run',
        'evaluation',
      ]);
    }));

  it('stores one run for each iteration and a final one, all of which repeat and replay', () =>
    inDatabase(async (database) => {
      await runExperiment(database, request(script));
      const runs = await database.experiments.loadRuns(id);
      expect(runs.map(({ simulationId }) => simulationId)).toEqual([
        ...[0, 1, 2, 3, 4, 5].map((k) => `${id}-iter${k}-evaluation`),
        `${id}-iter5-final`,
      ]);
      const check = await checkDatabase(database.engine);
      expect(check.violations).toEqual([]);
      expect(check.runsChecked).toBe(7);
    }));

  it('counts a policy that breaks down as invalid', () =>
    inDatabase(async (database) => {
      const divide = { op: '/', left: { value: 1 }, right: { field: 'credit_used' } };
      const broken: JsonObject = {
        ...defaultPolicy('BANK_A'),
        payment_tree: {
          type: 'action',
          node_id: 'n',
          action: 'Reprioritize',
          parameters: { new_priority: { compute: divide } },
        },
      };
      const proposer = scriptedProposer(({ agentId: agent }) =>
        agent === a ? JSON.stringify(broken) : undefined,
      );
      await runExperiment(database, request(proposer, { convergence: { max_iterations: 2 } }));
      expect(await database.experiments.loadEvaluations(id)).toEqual([]);
      const events = await database.experiments.loadEvents(id);
      const exchange = events.find(({ eventType }) => eventType === 'llm_interaction');
      expect(exchange?.eventData.parsing_error).toMatch(/division by zero/);
    }));
});

describe('bootstrap', () => {
  const config: Partial<ExperimentConfigInput> = {
    evaluation: {
      mode: 'bootstrap',
      num_samples: 20,
      acceptance: { require_statistical_significance: true, max_coefficient_of_variation: 0.9 },
    },
    convergence: { max_iterations: 3 },
  };

  it('compares on paired samples, whose details add up to the row', () =>
    inDatabase(async (database) => {
      const proposer = scriptedProposer((context) => fraction(context, context.iteration === 0 ? 0.4 : 0.45));
      await runExperiment(database, request(proposer, config, twelvePeriods));
      const evaluations = await database.experiments.loadEvaluations(id);
      expect(evaluations.map(({ accepted }) => accepted)).toEqual([true, true, false, false]);
      for (const row of evaluations) {
        const samples = row.sampleDetails ?? [];
        expect(samples).toHaveLength(20);
        expect(new Set(samples.map(({ seed }) => seed)).size).toBe(20);
        expect(samples.reduce((sum, { deltaCents }) => sum + deltaCents, 0n)).toBe(row.deltaSumCents);
        expect(row.settlementRate).toBeUndefined();
        expect(row.contextSimulationCostCents).toBe(row.oldCostCents);
      }
      // 1,000,000 x 0.5 x 83 bps x 12 ticks: nothing is late at this fraction, so the pool is all that costs.
      expect(evaluations[0]?.oldCostCents).toBe(49_800n);
      expect(evaluations[0]?.newCostCents).toBe(39_840n);
      const runs = await database.experiments.loadRuns(id);
      expect(runs.map(({ runPurpose }) => runPurpose)).toEqual(['initial', 'initial', 'initial', 'final']);
    }));
});

describe('temporal', () => {
  it('takes every valid policy without comparing, and stops when they stand still', () =>
    inDatabase(async (database) => {
      const proposer = scriptedProposer((context) => fraction(context, context.iteration === 0 ? 0.7 : 0.65));
      const change: Partial<ExperimentConfigInput> = {
        evaluation: { mode: 'deterministic-temporal' },
        convergence: { max_iterations: 9, stability_window: 3, stability_threshold: 0 },
      };
      const result = await runExperiment(database, request(proposer, change, threePeriods));
      expect(result).toEqual({ converged: true, reason: 'policy_stability', iterations: 4 });
      expect(await database.experiments.loadEvaluations(id)).toEqual([]);
      const iterations = await database.experiments.loadIterations(id);
      // Dearer, and taken all the same.
      expect(iterations[1]?.costsPerAgent.get(a)).toBeGreaterThan(iterations[0]?.costsPerAgent.get(a) ?? 0n);
    }));
});

describe('local search', () => {
  it('gives the same experiment again, and comes down in cost', async () => {
    const run = () =>
      inDatabase(async (database) => {
        await runExperiment(database, request(localSearch(), { convergence: { max_iterations: 20 } }));
        return {
          iterations: await database.experiments.loadIterations(id),
          events: await database.experiments.loadEvents(id),
          experiment: await database.experiments.load(id),
        };
      });
    const [first, second] = [await run(), await run()];
    expect(second).toEqual(first);
    expect(first.experiment?.finalCostCents).toBeLessThan(5_000n);
  });

  it('goes on after an interruption to the very end that it would have reached', async () => {
    const whole = await inDatabase(async (database) => {
      const result = await runExperiment(database, request(localSearch()));
      return { result, iterations: await database.experiments.loadIterations(id) };
    });
    await inDatabase(async (database) => {
      const stop = new Error('stop');
      const interrupted = request(localSearch());
      for (const at of [1, 3]) {
        const onIteration = (k: number) => {
          if (k === at) throw stop;
        };
        await expect(runExperiment(database, { ...interrupted, onIteration })).rejects.toBe(stop);
        expect((await database.experiments.load(id))?.completedAt).toBeUndefined();
      }
      expect(await runExperiment(database, interrupted)).toEqual(whole.result);
      expect(await database.experiments.loadIterations(id)).toEqual(whole.iterations);
    });
  });

  it('refuses to go on with another configuration, and does nothing to a finished experiment', () =>
    inDatabase(async (database) => {
      const result = await runExperiment(database, request(localSearch()));
      expect(await runExperiment(database, request(localSearch()))).toEqual(result);
      await expect(runExperiment(database, request(localSearch(), { master_seed: 44 }))).rejects.toThrow(
        /another configuration/,
      );
    }));
});
