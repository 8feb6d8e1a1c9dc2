import { beforeAll, expect, test } from 'vitest';

import { bootBlockingEngine, type BlockingEngine } from '../engine/wasm/blockingEngine.ts';
import { formatMoney } from '../lib/format.ts';
import type { ProposalKind } from '../domain/experiment/verdict.ts';
import { compareMiss } from '../domain/acceptance/reasons.ts';
import type { DeskExperiment } from '../domain/answers/desk.ts';
import { agentId, experimentId, fileId } from '../lib/ids.ts';
import { ask } from '../testing/ask.ts';
import { openFixtureOn } from '../testing/openFixture.ts';
import { describeRealFile } from '../testing/realFile.ts';
import { deskQueue } from './deskQueue.ts';
import { iterationDetail, proposalDetail } from './iterationDetail.ts';

const file = fileId('f1');
const fraction = 'initial_liquidity_fraction';

let engine: BlockingEngine;
beforeAll(async () => {
  engine = await bootBlockingEngine();
});

/** `worse 3, invalid 2`, in order of appearance. */
function kinds(experiments: readonly DeskExperiment[]): Readonly<Partial<Record<ProposalKind, number>>> {
  const counts: Partial<Record<ProposalKind, number>> = {};
  for (const { kind } of experiments.flatMap(({ entries }) => entries)) {
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

/** `9 BANK_B 0.19 0.21 −$19.92` of the entries of one kind, closest first. */
function lines(experiment: DeskExperiment | undefined, kind: ProposalKind): string[] {
  const entries = (experiment?.entries ?? []).filter((entry) => entry.kind === kind);
  entries.sort((a, b) => compareMiss(a.miss, b.miss));
  return entries.map(({ proposal, inForce, miss }) => {
    const { iteration, agentId: agent, parameters, deltaSumCents, sampleCount } = proposal;
    const saving = deltaSumCents === undefined ? '' : formatMoney(deltaSumCents);
    const distance = miss === undefined ? '' : miss.distance.toFixed(4);
    return `${iteration} ${agent} ${inForce.get(fraction)} ${parameters.get(fraction)} ${saving}/${sampleCount} ${distance}`;
  });
}

describeRealFile('pairwise.db', (path) => {
  beforeAll(() => openFixtureOn(engine, path));

  test('six below the settlement floor are told from those that cost more, seven could not be parsed', async () => {
    const both = await ask(engine, deskQueue, { fileId: file });
    expect(both.map((one) => kinds([one]))).toEqual([
      { accepted: 8, worse: 6, invalid: 2 },
      { accepted: 19, worse: 8, below_floor: 6, invalid: 5 },
    ]);
    expect(kinds(both).invalid).toBe(7);
    const second = both[1];
    const ofBankB = second?.entries.filter(({ proposal }) => proposal.agentId === 'BANK_B') ?? [];
    expect(ofBankB.filter(({ kind }) => kind === 'worse')).toHaveLength(3);
    expect(ofBankB.filter(({ kind }) => kind === 'below_floor')).toHaveLength(6);
    expect(second?.rules.settlementFloor).toEqual({ known: true, value: 0.95, from: 'reasons' });
    // Its first experiment never fell below the floor: the date tells that the rule applied.
    expect(both[0]?.rules.settlementFloor).toEqual({ known: true, value: 0.95, from: 'date' });
    expect(both[0]?.rules.significance).toEqual({ known: true, value: 'none', from: 'reasons' });
  });

  test('one experiment alone, the closest first', async () => {
    const id = experimentId('exp1-20261123-045337-b1f149');
    const [only, ...others] = await ask(engine, deskQueue, { fileId: file, experimentId: id });
    expect(others).toEqual([]);
    expect(lines(only, 'worse')).toEqual([
      '4 BANK_B 0.36 0.38 −$2.00/1 0.0556',
      '5 BANK_B 0.36 0.38 −$2.00/1 0.0556',
      '7 BANK_B 0.36 0.38 −$2.00/1 0.0556',
      '4 BANK_A 0.33 0.35 −$2.00/1 0.0606',
      '7 BANK_A 0.32 0.34 −$2.00/1 0.0625',
      '5 BANK_A 0.33 0.37 −$4.00/1 0.1212',
    ]);
  });
});

describeRealFile('bootstrap.db', (path) => {
  beforeAll(() => openFixtureOn(engine, path));

  test('the rules that its reasons name', async () => {
    const both = await ask(engine, deskQueue, { fileId: file });
    expect(both.map((one) => kinds([one]))).toEqual([
      { accepted: 14, worse: 10, invalid: 2 },
      { accepted: 19, worse: 5, invalid: 2 },
    ]);
    for (const { rules } of both) {
      expect(rules).toEqual({
        compares: true,
        significance: { known: true, value: 'new cost', from: 'reasons' },
        largestCv: { known: true, value: 0.5, from: 'reasons' },
        settlementFloor: { known: true, value: undefined, from: 'mode' },
      });
    }
  });

  test('a proposal alone is what its iteration says of it', async () => {
    const scope = { fileId: file, experimentId: experimentId('exp2-20261123-045350-e40e67'), iteration: 10 };
    const whole = await ask(engine, iterationDetail, scope);
    for (const agent of ['BANK_A', 'BANK_B'].map(agentId)) {
      const alone = await ask(engine, proposalDetail, { ...scope, agentId: agent });
      expect(alone?.samples).toHaveLength(50);
      expect(alone).toEqual(whole?.agents.find((other) => other.agentId === agent));
    }
  });
});

describeRealFile('exp1-20251215.db', (path) => {
  test('verdicts derived, reasons unknown, the rules of its day', async () => {
    await openFixtureOn(engine, path);
    const [only] = await ask(engine, deskQueue, { fileId: file });
    expect(kinds(only === undefined ? [] : [only])).toEqual({ accepted: 8 + 1, unknown: 7 });
    expect(only?.rules.significance).toEqual({ known: true, value: 'none', from: 'date' });
    expect(only?.rules.settlementFloor).toEqual({ known: true, value: undefined, from: 'date' });
    expect(lines(only, 'unknown')).toHaveLength(7);
  });
});

describeRealFile('crashed.db', (path) => {
  test('what was never judged is pending', async () => {
    await openFixtureOn(engine, path);
    const all = await ask(engine, deskQueue, { fileId: file });
    expect(all).toHaveLength(4);
    expect(all.map((one) => kinds([one]))).toEqual([
      { accepted: 3, pending: 1 },
      { accepted: 1, pending: 1 },
      { accepted: 3, pending: 1 },
      { accepted: 7, invalid: 2, worse: 2, pending: 1 },
    ]);
  });
});

describeRealFile('near-deadline.db', (path) => {
  test('runs alone have no proposals', async () => {
    await openFixtureOn(engine, path);
    expect(await ask(engine, deskQueue, { fileId: file })).toEqual([]);
  });
});
