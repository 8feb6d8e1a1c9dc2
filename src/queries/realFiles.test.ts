import { beforeAll, expect, test } from 'vitest';

import type { BlockingEngine } from '../engine/wasm/blockingEngine.ts';
import { formatMoney } from '../lib/format.ts';
import { agentId, experimentId, fileId } from '../lib/ids.ts';
import type { ExperimentDetail, ExperimentSummary, Proposal } from '../domain/experiment/normalised.ts';
import type { Cents } from '../lib/units.ts';
import { ask } from '../testing/ask.ts';
import { firstFile, openFixture } from '../testing/openFixture.ts';
import { describeRealFile } from '../testing/realFile.ts';
import { bootstrapFirst, decemberFirst, decemberSecond, pairwiseFirst } from '../testing/realValues.ts';
import { exchange } from './exchange.ts';
import { experimentDetail, experimentFacts } from './experimentDetail.ts';
import { experimentList } from './experimentList.ts';
import { iterationDetail } from './iterationDetail.ts';
import { listDetails, listDetailsCheap } from './listDetails.ts';

const file = fileId('f1');
const fraction = 'initial_liquidity_fraction';
const money = (value: Cents | undefined) => (value === undefined ? '' : formatMoney(value));
const words = { worse: ', worse', below_floor: ', floor', not_significant: '', unstable: '', unknown: '' };

/** `proposed  old -> new  verdict` of one proposal, as the tables of the data's README write it. */
function judged(found: Proposal | undefined): string {
  if (found === undefined) return 'none |  |';
  const proposed = found.parameters.get(fraction) ?? 'unparsable';
  const costs =
    found.oldCostCents === undefined ? '' : `${money(found.oldCostCents)} -> ${money(found.newCostCents)}`;
  const rule = found.rejectionKind === undefined ? '' : words[found.rejectionKind];
  return `${proposed} | ${costs} | ${found.verdict}${rule}`;
}

/** One line per iteration: `k | cost | fraction | proposed | old -> new | verdict |` and so on per agent. */
function grid(detail: ExperimentDetail | undefined): string[] {
  return (detail?.iterations ?? []).map((row) => {
    const cells = detail?.agents.map((agent) => {
      const found = detail.proposals.find((p) => p.iteration === row.iteration && p.agentId === agent);
      const inForce = row.parameters.get(agent)?.get(fraction) ?? '';
      return `${money(row.costsCents.get(agent))} | ${inForce} | ${judged(found)}`;
    });
    return tidy([row.iteration, ...(cells ?? [])].join(' | '));
  });
}

const tidy = (line: string) => line.replace(/\s*\|\s*/g, ' | ').trimEnd();
const lines = (table: string) => table.trim().split('\n').map(tidy);

function counts(proposals: readonly Proposal[], agent: string): string {
  const of = (verdict: string) => proposals.filter((p) => p.agentId === agent && p.verdict === verdict);
  return `${of('accepted').length} accepted, ${of('rejected').length} rejected, ${of('invalid').length} invalid`;
}

function outline(summary: ExperimentSummary): string {
  const { iterationCount, status, firstCostCents, finalCostCents, bestCostCents } = summary;
  const costs = [firstCostCents, finalCostCents, bestCostCents].map(money).join(' ');
  return `${summary.experimentId} ${iterationCount} ${status} ${costs} seed ${summary.masterSeed} ${summary.evaluationMode}`;
}

const pairwiseOutline = [
  'exp1-20261123-045337-b1f149 9 converged $100.00 $68.00 $68.00 seed 43 deterministic-pairwise',
  'exp1-20261123-045340-6346bb 20 budget_exhausted $100.00 $20.00 $20.00 seed 43 deterministic-pairwise',
];
const first = { fileId: file, experimentId: experimentId('exp1-20261123-045337-b1f149') };
const second = { fileId: file, experimentId: experimentId('exp1-20261123-045340-6346bb') };

describeRealFile('pairwise.db', (path) => {
  let engine: BlockingEngine;
  beforeAll(async () => ({ engine } = await openFixture(path)));

  test('the list: totals recomputed, a spent budget is not convergence (0.4, 0.5)', async () => {
    const list = await ask(engine, experimentList, firstFile);
    expect(list.map(outline)).toEqual(pairwiseOutline);
    expect(list[1]?.storedConverged).toBe(true);
    expect(list[1]?.convergenceReason).toBe('Max iterations reached (20)');
    expect(list[0]?.sparklineCents.map(money)).toHaveLength(9);
  });

  test('every value of the first experiment', async () => {
    expect(grid(await ask(engine, experimentDetail, first))).toEqual(lines(pairwiseFirst));
  });

  test('the second experiment: counts, rules, and the proposal below the settlement floor', async () => {
    const detail = await ask(engine, experimentDetail, second);
    const proposals = detail?.proposals ?? [];
    expect(counts(proposals, 'BANK_A')).toBe('12 accepted, 5 rejected, 2 invalid');
    expect(counts(proposals, 'BANK_B')).toBe('7 accepted, 9 rejected, 3 invalid');
    const kinds = (agent: string) =>
      proposals
        .filter((p) => p.agentId === agent)
        .flatMap((p) => p.rejectionKind ?? [])
        .sort();
    expect(kinds('BANK_A')).toEqual(['worse', 'worse', 'worse', 'worse', 'worse']);
    const floor = Array.from({ length: 6 }, () => 'below_floor');
    expect(kinds('BANK_B')).toEqual([...floor, 'worse', 'worse', 'worse']);
    const found = proposals.find((p) => p.iteration === 11 && p.agentId === 'BANK_B');
    expect(judged(found)).toBe('0.11 | $21.00 -> $71.00 | rejected, floor');
    expect(money(found?.deltaSumCents)).toBe('−$50.00');
    expect(found?.settlementRate?.toFixed(3)).toBe('0.667');
    expect(money(detail?.iterations[19]?.costsCents.get(agentId('BANK_A')))).toBe('$0.00');
    expect(money(detail?.iterations[19]?.costsCents.get(agentId('BANK_B')))).toBe('$20.00');
  });

  test('runs are linked by the seed of their event, and carry the true seed (3.6)', async () => {
    const runs = (await ask(engine, experimentDetail, first))?.runs ?? [];
    expect(runs.map((run) => run.iteration)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(new Set(runs.map((run) => `${run.linkedBy} ${run.purpose}`))).toEqual(
      new Set(['seed evaluation']),
    );
    expect(runs[0]?.seed).toBe('85506621');
  });

  test('facts, and counts for the list by both ways', async () => {
    const facts = await ask(engine, experimentFacts, first);
    expect(facts?.recorded).toMatchObject({
      iterations: 9,
      evaluations: 14,
      exchanges: 16,
      runs: 9,
      samples: 0,
    });
    expect(facts?.models).toEqual(['scripted:local-search']);
    expect(facts?.config).toMatchObject({ masterSeed: '43', maxIterations: 20, numSamples: 1 });
    const [exact] = await ask(engine, listDetails, firstFile);
    expect(exact?.counts).toEqual({ accepted: 8, rejected: 6, noChange: 0, invalid: 2, pending: 0 });
    const [cheap] = await ask(engine, listDetailsCheap, firstFile);
    expect(cheap).toMatchObject({ counts: { accepted: 8, rejected: 6, invalid: 0 }, notExamined: 2 });
  });

  test('one iteration: policies as stored, verdicts, neighbours, the exchange with its parse error', async () => {
    const detail = await ask(engine, iterationDetail, { ...first, iteration: 3 });
    expect(detail).toMatchObject({
      previousIteration: 2,
      nextIteration: 4,
      lastIteration: 8,
      totalCents: 7100n,
    });
    expect(detail?.agents.map((agent) => judged(agent.proposal))).toEqual([
      'unparsable |  | invalid',
      '0.36 | $38.00 -> $36.00 | accepted',
    ]);
    expect(detail?.agents[1]?.policyInForce).toMatch('"initial_liquidity_fraction": 0.38');
    expect(detail?.agents[1]?.proposedPolicy).toMatch('"initial_liquidity_fraction": 0.36');
    expect(detail?.agents[1]?.evaluation?.mode).toBe('deterministic');
    expect(detail?.runs.map((run) => run.totalCostCents)).toEqual([7100n]);
    const spoken = await ask(engine, exchange, { ...first, iteration: 3, agentId: agentId('BANK_A') });
    expect(spoken?.parsingError).toBe('Failed to parse policy JSON: Extra data: line 18 column 1 (char 310)');
    expect(spoken?.parsedPolicy).toBeUndefined();
    expect(spoken?.systemPrompt?.length).toBeGreaterThan(10_000);
    expect(detail?.agents[0]?.proposal?.reason).toBe(spoken?.parsingError);
  });
});

describeRealFile('unified.db', (path) => {
  let engine: BlockingEngine;
  beforeAll(async () => ({ engine } = await openFixture(path)));

  test('the same experiments in schema A, stored costs beside the recomputed ones', async () => {
    const list = await ask(engine, experimentList, firstFile);
    expect(list.map(outline)).toEqual(pairwiseOutline);
    expect(list.map((e) => [e.storedFinalCostCents, e.storedBestCostCents])).toEqual([
      [6800n, 6800n],
      [2000n, 2000n],
    ]);
  });

  test('verdicts derived from the next iteration and the exchanges agree with the evaluations', async () => {
    const derived = lines(pairwiseFirst).map((line) =>
      tidy(line.replaceAll(/\$[0-9.]+ -> \$[0-9.]+/g, '').replaceAll(', worse', '')),
    );
    expect(grid(await ask(engine, experimentDetail, first))).toEqual(derived);
    const proposals = (await ask(engine, experimentDetail, second))?.proposals ?? [];
    expect(counts(proposals, 'BANK_A')).toBe('12 accepted, 5 rejected, 2 invalid');
    expect(counts(proposals, 'BANK_B')).toBe('7 accepted, 9 rejected, 3 invalid');
  });

  test('runs are linked by column; their seed is that of the event, stored under another id (4.1)', async () => {
    const runs = (await ask(engine, experimentDetail, second))?.runs ?? [];
    expect(runs).toHaveLength(20);
    expect(new Set(runs.map((run) => `${run.linkedBy} ${run.purpose}`))).toEqual(
      new Set(['column evaluation']),
    );
    expect(runs[0]?.seed).toBe('85506621');
    expect(runs[19]?.simulationId).toBe('exp1-20261123-045340-6346bb-iter19-evaluation');
  });

  test('without evaluation rows nothing is counted cheaply, and it says how much is left', async () => {
    const cheap = await ask(engine, listDetailsCheap, firstFile);
    expect(cheap.map(({ counts: found, notExamined }) => [found.accepted, notExamined])).toEqual([
      [0, 16],
      [0, 38],
    ]);
  });
});

describeRealFile('bootstrap.db', (path) => {
  let engine: BlockingEngine;
  beforeAll(async () => ({ engine } = await openFixture(path)));
  const exp2 = { fileId: file, experimentId: experimentId('exp2-20261123-045350-e40e67') };
  const other = { fileId: file, experimentId: experimentId('exp2-20261123-045413-5fcbcd') };

  test('the list: a total is the sum over agents, never the pooled total_cost (5.1)', async () => {
    expect((await ask(engine, experimentList, firstFile)).map(outline)).toEqual([
      'exp2-20261123-045350-e40e67 14 budget_exhausted $996.00 $328.68 $328.68 seed 42 bootstrap',
      'exp2-20261123-045413-5fcbcd 14 budget_exhausted $996.00 $299.73 $299.73 seed 42 bootstrap',
    ]);
  });

  test('every value of the first experiment', async () => {
    expect(grid(await ask(engine, experimentDetail, exp2))).toEqual(lines(bootstrapFirst));
  });

  test('the second experiment: counts, and a last cost that rises without a change of policy', async () => {
    const detail = await ask(engine, experimentDetail, other);
    expect(counts(detail?.proposals ?? [], 'BANK_A')).toBe('12 accepted, 0 rejected, 1 invalid');
    expect(counts(detail?.proposals ?? [], 'BANK_B')).toBe('7 accepted, 5 rejected, 1 invalid');
    const costs = (agent: string) =>
      detail?.iterations.slice(12).map((row) => money(row.costsCents.get(agentId(agent))));
    expect(costs('BANK_A')?.[1]).toBe('$119.52');
    expect(costs('BANK_B')).toEqual(['$179.28', '$180.21']);
  });

  test('samples, interval of the new cost, deviation (0.6, 6.2)', async () => {
    const detail = await ask(engine, iterationDetail, { ...exp2, iteration: 10 });
    const [bankA] = detail?.agents ?? [];
    expect(bankA?.samples).toHaveLength(50);
    expect(bankA?.samples[0]).toEqual({
      index: 0,
      seed: '732435933',
      oldCostCents: 16932n,
      newCostCents: 14940n,
      deltaCents: 1992n,
    });
    expect(bankA?.samples[14]).toMatchObject({ seed: '201853587', newCostCents: 23931n, deltaCents: -6999n });
    expect(money(bankA?.proposal?.deltaSumCents)).toBe('$906.09');
    expect(bankA?.proposal?.newCostIntervalCents?.map(money)).toEqual(['$147.56', '$154.83']);
    expect(money(bankA?.proposal?.newCostStdDevCents)).toBe('$12.71');
  });

  test('context runs are linked by column, purpose in the common words (8)', async () => {
    const runs = (await ask(engine, experimentDetail, exp2))?.runs ?? [];
    expect(runs.map((run) => run.iteration)).toEqual(Array.from({ length: 14 }, (_, k) => k));
    expect(new Set(runs.map((run) => `${run.linkedBy} ${run.purpose}`))).toEqual(new Set(['column initial']));
    expect(runs[0]?.seed).toBe('1088125515');
    expect((await ask(engine, experimentFacts, exp2))?.recorded.samples).toBe(24 * 50);
    expect((await ask(engine, experimentFacts, exp2))?.costsSplitEqually).toBe(false);
  });
});

describeRealFile('crashed.db', (path) => {
  let engine: BlockingEngine;
  beforeAll(async () => ({ engine } = await openFixture(path)));

  test('four unfinished experiments, their rows counted (9.3)', async () => {
    const list = await ask(engine, experimentList, firstFile);
    expect(
      list.map((e) => `${e.experimentId} ${e.status} ${e.iterationCount} of ${e.storedNumIterations}`),
    ).toEqual([
      'exp1-20261123-045217-ef77b8 unfinished 2 of 0',
      'exp1-20261123-045217-70958c unfinished 1 of 0',
      'exp1-20261123-045242-41de80 unfinished 2 of 0',
      'exp1-20261123-045243-98ba0d unfinished 6 of 0',
    ]);
  });

  test('the last iteration is pending or judged by its evaluation row; duplicates are dropped (5.1)', async () => {
    const last = { fileId: file, experimentId: experimentId('exp1-20261123-045243-98ba0d') };
    const detail = await ask(engine, experimentDetail, last);
    const open = detail?.proposals.filter(({ iteration }) => iteration === 5);
    expect(open?.map((p) => `${p.agentId} ${p.verdict} (${p.verdictSource})`)).toEqual([
      'BANK_A accepted (evaluation row)',
      'BANK_B pending (no next iteration)',
    ]);
    const spoken = await ask(engine, exchange, { ...last, iteration: 5, agentId: agentId('BANK_B') });
    expect(spoken).toMatchObject({ eventId: 48, duplicatesDropped: 1 });
    expect(counts(detail?.proposals ?? [], 'BANK_A')).toBe('3 accepted, 2 rejected, 1 invalid');
  });
});

describeRealFile('exp1-20251215.db', (path) => {
  let engine: BlockingEngine;
  beforeAll(async () => ({ engine } = await openFixture(path)));
  const scope = { fileId: file, experimentId: experimentId('exp1-20251215-084901-866d63') };

  test('every value', async () => {
    const detail = await ask(engine, experimentDetail, scope);
    expect(grid(detail)).toEqual(lines(decemberFirst));
    expect(detail?.runs).toEqual([]);
  });

  test('list and facts: words, not tokens (0.10)', async () => {
    expect((await ask(engine, experimentList, firstFile)).map(outline)).toEqual([
      'exp1-20251215-084901-866d63 9 converged $100.00 $31.00 $31.00 seed 42 deterministic',
    ]);
    const facts = await ask(engine, experimentFacts, scope);
    expect(facts?.recorded).toMatchObject({ exchanges: 16, evaluations: 0, runs: 0, simulationEvents: 0 });
    expect((facts?.promptWords ?? 0) + (facts?.responseWords ?? 0)).toBe(54_286);
    expect(facts?.latencySeconds.toFixed(1)).toBe('949.6');
    expect(facts?.models).toEqual(['openai:gpt-5.2']);
    const [details] = await ask(engine, listDetails, firstFile);
    expect(details?.counts).toMatchObject({ accepted: 9, rejected: 7, invalid: 0 });
  });
});

describeRealFile('exp2-20251215.db', (path) => {
  let engine: BlockingEngine;
  beforeAll(async () => ({ engine } = await openFixture(path)));
  const scope = { fileId: file, experimentId: experimentId('exp2-20251215-083049-8cf596') };

  test('every value', async () => {
    const both = lines(decemberSecond);
    const expanded = both.map((line) => {
      const [k, cost, a, proposedA, verdictA, b, proposedB, verdictB] = line
        .split('|')
        .map((cell) => cell.trim());
      return tidy(
        `${k} | ${cost} | ${a} | ${proposedA} | | ${verdictA} | ${cost} | ${b} | ${proposedB} | | ${verdictB}`,
      );
    });
    expect(grid(await ask(engine, experimentDetail, scope))).toEqual(expanded);
  });

  test('list and facts: the system mean split equally in this era (9.3)', async () => {
    expect((await ask(engine, experimentList, firstFile)).map(outline)).toEqual([
      'exp2-20251215-083049-8cf596 11 converged $996.00 $312.86 $312.86 seed 42 bootstrap',
    ]);
    const facts = await ask(engine, experimentFacts, scope);
    expect(facts).toMatchObject({ costsSplitEqually: true, recorded: { exchanges: 20, samples: 0 } });
    expect((facts?.promptWords ?? 0) + (facts?.responseWords ?? 0)).toBe(133_586);
    expect(facts?.latencySeconds.toFixed(1)).toBe('984.9');
    const detail = await ask(engine, experimentDetail, scope);
    expect(counts(detail?.proposals ?? [], 'BANK_A')).toBe('7 accepted, 3 rejected, 0 invalid');
    expect(counts(detail?.proposals ?? [], 'BANK_B')).toBe('2 accepted, 8 rejected, 0 invalid');
  });
});
