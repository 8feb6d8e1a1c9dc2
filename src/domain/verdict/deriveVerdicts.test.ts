import { describe, expect, test } from 'vitest';

import type { Json } from '../../lib/json.ts';
import { agentId, type AgentId } from '../../lib/ids.ts';
import { cents } from '../../lib/units.ts';
import { countVerdicts } from '../experiment/verdict.ts';
import { deriveVerdicts, verdictsByIteration } from './deriveVerdicts.ts';
import type {
  DecisionEvidence,
  EvaluationEvidence,
  ExchangeEvidence,
  IterationEvidence,
  VerdictEvidence,
} from './evidence.ts';

const A = agentId('A');
const B = agentId('B');
const policy = (fraction: number): Json => ({ parameters: { initial_liquidity_fraction: fraction } });

function row(
  iteration: number,
  fractions: Record<string, number>,
  flagged: AgentId[] = [],
): IterationEvidence {
  const policies = new Map(
    Object.entries(fractions).map(([agent, value]) => [agentId(agent), policy(value)]),
  );
  return { iteration, policies, flaggedAccepted: new Set(flagged) };
}

function asked(iteration: number, agent: AgentId, fraction: number | undefined, more = {}): ExchangeEvidence {
  const proposed = fraction === undefined ? null : policy(fraction);
  return {
    iteration,
    agentId: agent,
    eventId: iteration,
    policy: proposed,
    parsingError: undefined,
    ...more,
  };
}

function evaluated(
  iteration: number,
  agent: AgentId,
  accepted: boolean,
  fraction: number,
): EvaluationEvidence {
  return {
    iteration,
    agentId: agent,
    accepted,
    reason: accepted ? 'passed: delta_sum > 0' : 'Settlement rate 66.7% below minimum 95%. Policy rejected.',
    policy: policy(fraction),
    oldCostCents: cents(2100),
    newCostCents: cents(7100),
    deltaSumCents: cents(-5000),
    sampleCount: 1,
    settlementRate: 2 / 3,
    newCostStdDevCents: undefined,
    newCostIntervalCents: undefined,
  };
}

function decided(iteration: number, agent: AgentId, more: Partial<DecisionEvidence>): DecisionEvidence {
  const base = { verdict: 'rejected', reason: 'cost_not_improved', policy: undefined } as const;
  return {
    ...base,
    iteration,
    agentId: agent,
    eventId: 1,
    oldCostCents: cents(5),
    newCostCents: cents(6),
    ...more,
  };
}

/** One line per proposal: `k agent verdict (source) fraction reason`. */
function verdictsOf(evidence: Partial<VerdictEvidence>): string[] {
  const whole = { iterations: [], evaluations: [], decisions: [], exchanges: [], ...evidence };
  return deriveVerdicts(whole).map((found) => {
    const fraction = found.parameters.get('initial_liquidity_fraction') ?? '-';
    const reason = found.reason === undefined ? '' : ` "${found.reason}"`;
    return `${found.iteration} ${found.agentId} ${found.verdict} (${found.verdictSource}) ${fraction}${reason}`;
  });
}

function noteOf(evidence: Partial<VerdictEvidence>): string | undefined {
  return deriveVerdicts({ iterations: [], evaluations: [], decisions: [], exchanges: [], ...evidence })[0]
    ?.note;
}

const repeated = [row(0, { A: 0.5 }), row(1, { A: 0.5 })];
const changed = [row(0, { A: 0.5 }), row(1, { A: 0.4 })];

describe('the order of trust (9.4)', () => {
  test('1: an evaluation row outweighs event, flag and policies', () => {
    const evidence = {
      iterations: [row(0, { A: 0.5 }, [A]), row(1, { A: 0.4 })],
      evaluations: [evaluated(0, A, false, 0.11)],
      decisions: [decided(0, A, { verdict: 'accepted' })],
      exchanges: [asked(0, A, 0.4)],
    };
    expect(verdictsOf(evidence)).toEqual([
      '0 A rejected (evaluation row) 0.11 "Settlement rate 66.7% below minimum 95%. Policy rejected."',
    ]);
    expect(deriveVerdicts(evidence)[0]).toMatchObject({
      rejectionKind: 'below_floor',
      oldCostCents: 2100n,
      newCostCents: 7100n,
      deltaSumCents: -5000n,
      note: 'Recorded as turned down, yet the next iteration has another policy.',
    });
  });

  test('2: a policy_change or policy_rejected event outweighs flag and policies', () => {
    const iterations = [row(0, { A: 0.5 }, [A]), row(1, { A: 0.5 })];
    const exchanges = [asked(0, A, 0.45)];
    expect(verdictsOf({ iterations, exchanges, decisions: [decided(0, A, {})] })).toEqual([
      '0 A rejected (event) 0.45 "cost_not_improved"',
    ]);
    const invalid = decided(0, A, { verdict: 'invalid', reason: 'no payment_tree', eventId: 9 });
    expect(verdictsOf({ iterations, exchanges, decisions: [invalid, decided(0, A, {})] })).toEqual([
      '0 A invalid (event) 0.45 "no payment_tree"',
    ]);
  });

  test('between 2 and 3: only a true flag of accepted_changes counts, false says nothing (0.1)', () => {
    const exchanges = [asked(0, A, 0.4), asked(0, B, 0.4)];
    const iterations = [row(0, { A: 0.5, B: 0.5 }, [A]), row(1, { A: 0.5, B: 0.4 })];
    expect(verdictsOf({ iterations, exchanges })).toEqual([
      '0 A accepted (accepted_changes) 0.4',
      '0 B accepted (derived from the next iteration) 0.4',
    ]);
  });

  test('3: the next row decides: changed, repeated, repeated with the same proposal, nothing proposed', () => {
    const derived = (iterations: IterationEvidence[], exchanges: ExchangeEvidence[]) =>
      verdictsOf({ iterations, exchanges });
    expect(derived(changed, [asked(0, A, 0.4)])).toEqual([
      '0 A accepted (derived from the next iteration) 0.4',
    ]);
    expect(derived(repeated, [asked(0, A, 0.4)])).toEqual([
      '0 A rejected (derived from the next iteration) 0.4',
    ]);
    expect(derived(repeated, [asked(0, A, 0.5)])).toEqual([
      '0 A no_change (derived from the next iteration) 0.5',
    ]);
    expect(derived(repeated, [])).toEqual([]);
  });

  test('3: a rejection that is only derived has no known rule', () => {
    const found = deriveVerdicts({
      iterations: repeated,
      exchanges: [asked(0, A, 0.4)],
      evaluations: [],
      decisions: [],
    });
    expect(found[0]).toMatchObject({ rejectionKind: 'unknown', reason: undefined, oldCostCents: undefined });
  });

  test('4: without a next row a proposal is pending, and no proposal is none', () => {
    const iterations = [row(7, { A: 0.5, B: 0.5 })];
    expect(verdictsOf({ iterations, exchanges: [asked(7, A, 0.4)] })).toEqual([
      '7 A pending (no next iteration) 0.4',
    ]);
  });
});

describe('a response that cannot be used (5.1)', () => {
  const parsingError = 'Failed to parse policy JSON: Extra data: line 54 column 1 (char 872)';
  const broken = asked(0, A, undefined, { parsingError });

  test('is invalid with the parse error as its reason, also in the last iteration of a crashed run', () => {
    const expected = [`0 A invalid (exchange) - "${parsingError}"`];
    expect(verdictsOf({ iterations: repeated, exchanges: [broken] })).toEqual(expected);
    expect(verdictsOf({ iterations: [row(0, { A: 0.5 })], exchanges: [broken] })).toEqual(expected);
  });

  test('is invalid too when a policy was parsed but failed validation', () => {
    const failed = asked(0, A, 0.4, { parsingError: 'unknown action' });
    expect(verdictsOf({ iterations: repeated, exchanges: [failed] })).toEqual([
      '0 A invalid (exchange) 0.4 "unknown action"',
    ]);
  });

  test('is invalid without a reason when the policy is simply missing', () => {
    expect(verdictsOf({ iterations: repeated, exchanges: [asked(0, A, undefined)] })).toEqual([
      '0 A invalid (exchange) -',
    ]);
  });

  test('gives way to the policies when they changed all the same', () => {
    const evidence = { iterations: changed, exchanges: [broken] };
    expect(verdictsOf(evidence)).toEqual(['0 A accepted (derived from the next iteration) 0.4']);
    expect(noteOf(evidence)).toBe('The recorded response could not be read, yet the policy changed.');
  });
});

describe('records that disagree or are missing', () => {
  test('of duplicates the exchange with the highest event id counts (5.1)', () => {
    const exchanges = [asked(0, A, 0.4, { eventId: 9 }), asked(0, A, 0.3, { eventId: 8 })];
    expect(verdictsOf({ iterations: repeated, exchanges })).toEqual([
      '0 A rejected (derived from the next iteration) 0.4',
    ]);
  });

  test('a changed policy is an acceptance even when no exchange was recorded', () => {
    expect(verdictsOf({ iterations: changed })).toEqual([
      '0 A accepted (derived from the next iteration) 0.4',
    ]);
    expect(noteOf({ iterations: changed })).toMatch('not recorded');
  });

  test('a proposal other than the policy that followed: accepted, with the parameters that followed', () => {
    const evidence = { iterations: changed, exchanges: [asked(0, A, 0.3)] };
    expect(verdictsOf(evidence)).toEqual(['0 A accepted (derived from the next iteration) 0.4']);
    expect(noteOf(evidence)).toMatch('not the recorded proposal');
  });

  test('an accepted evaluation that the next iteration does not follow is kept, and noted', () => {
    const evaluations = [evaluated(0, A, true, 0.4)];
    expect(noteOf({ iterations: repeated, evaluations })).toMatch('repeats the old policy');
    expect(noteOf({ iterations: changed, evaluations })).toBeUndefined();
    expect(noteOf({ iterations: changed, evaluations: [evaluated(0, A, true, 0.3)] })).toMatch(
      'not the recorded',
    );
  });

  test('an accepted evaluation whose policy was not read takes the parameters of the next iteration', () => {
    const evaluations = [{ ...evaluated(0, A, true, 0), policy: undefined }];
    expect(verdictsOf({ iterations: changed, evaluations })).toEqual([
      '0 A accepted (evaluation row) 0.4 "passed: delta_sum > 0"',
    ]);
  });

  test('over a gap in the iterations nothing is concluded (9.4: row k + 1)', () => {
    const evidence = { iterations: [row(0, { A: 0.5 }), row(2, { A: 0.4 })], exchanges: [asked(0, A, 0.4)] };
    expect(verdictsOf(evidence)).toEqual(['0 A pending (no next iteration) 0.4']);
    expect(noteOf(evidence)).toBe('The next iteration is missing from the file.');
  });

  test('an agent that vanishes from the next row is pending, not accepted', () => {
    const evidence = {
      iterations: [row(0, { A: 0.5, B: 0.5 }), row(1, { B: 0.5 })],
      exchanges: [asked(0, A, 0.4)],
    };
    expect(verdictsOf(evidence)).toEqual(['0 A pending (no next iteration) 0.4']);
    expect(noteOf(evidence)).toMatch('does not record a policy of this agent');
  });

  test('an agent that appears in the next row without a proposal made none', () => {
    expect(verdictsOf({ iterations: [row(0, { A: 0.5 }), row(1, { A: 0.5, B: 0.5 })] })).toEqual([]);
  });

  test('an exchange of an iteration whose row was never written is shown (11.28)', () => {
    expect(verdictsOf({ iterations: repeated, exchanges: [asked(2, A, 0.4)] })).toEqual([
      '2 A pending (no next iteration) 0.4',
    ]);
  });

  test('a vanished tree is a change like any other (11.18)', () => {
    const tree = { payment_tree: { type: 'action', node_id: 'p', action: 'Release' } };
    const before = new Map<AgentId, Json>([[A, { ...tree, strategic_collateral_tree: {} }]]);
    const iterations = [
      { iteration: 0, policies: before, flaggedAccepted: new Set<AgentId>() },
      { iteration: 1, policies: new Map<AgentId, Json>([[A, tree]]), flaggedAccepted: new Set<AgentId>() },
    ];
    expect(verdictsOf({ iterations, exchanges: [{ ...asked(0, A, 0), policy: tree }] })).toEqual([
      '0 A accepted (derived from the next iteration) -',
    ]);
  });
});

test('verdicts are counted by kind', () => {
  const iterations = [row(0, { A: 0.5 }), row(1, { A: 0.4 }), row(2, { A: 0.4 })];
  const exchanges = [asked(0, A, 0.4), asked(1, A, 0.3), asked(2, A, 0.2)];
  const proposals = deriveVerdicts({ iterations, exchanges, evaluations: [], decisions: [] });
  expect(countVerdicts(proposals)).toEqual({ accepted: 1, rejected: 1, noChange: 0, invalid: 0, pending: 1 });
});

test('ten thousand iterations come one at a time, so that a caller can pause', () => {
  const iterations = Array.from({ length: 10_000 }, (_, k) => row(k, { A: k % 2, B: 0.5 }));
  const exchanges = iterations.flatMap(({ iteration }) => [
    asked(iteration, A, 0.1),
    asked(iteration, B, 0.1),
  ]);
  const steps = verdictsByIteration({ iterations, exchanges, evaluations: [], decisions: [] });
  expect(steps.next().value?.map(({ verdict }) => verdict)).toEqual(['accepted', 'rejected']);
  const rest = [...steps];
  expect(rest).toHaveLength(9_999);
  expect(rest.at(-1)?.map(({ verdict }) => verdict)).toEqual(['pending', 'pending']);
});
