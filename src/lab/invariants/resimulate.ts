/** INV-2 and INV-5: a stored run, simulated again from what is stored about it, tells the same story. */
import { canonicalJson, type JsonObject } from '../../lib/json.ts';
import { describeProblems, loadPolicy } from '../../domain/policy/interpret/loadPolicy.ts';
import type { LoadedPolicy } from '../../domain/policy/interpret/ast.ts';
import type { StoredEvent } from '../../domain/replay/details.ts';
import type { Violation } from '../../domain/replay/violation.ts';
import { toRecordedEvent } from '../record/recordRun.ts';
import { scenarioConfig } from '../simulator/scenarioConfig.ts';
import { simulate } from '../simulator/simulate.ts';

export interface StoredInputs {
  readonly config: JsonObject;
  readonly policies: ReadonlyMap<string, JsonObject>;
  readonly seed: bigint;
}

function loadAll(policies: ReadonlyMap<string, JsonObject>): ReadonlyMap<string, LoadedPolicy> {
  return new Map(
    [...policies].map(([agent, json]) => {
      const loaded = loadPolicy(json);
      if (!loaded.ok) throw new RangeError(`${agent}: ${describeProblems(loaded.error)}`);
      return [agent, loaded.value];
    }),
  );
}

/** The events of a run, made anew. */
function resimulate(stored: StoredInputs): readonly StoredEvent[] {
  const events: StoredEvent[] = [];
  simulate({
    scenario: scenarioConfig.parse(stored.config),
    policies: loadAll(stored.policies),
    seed: Number(stored.seed),
    log: (event) => events.push(toRecordedEvent(event)),
  });
  return events;
}

function asText({ tick, eventType, agentId, txId, details }: StoredEvent): string {
  return canonicalJson([tick, eventType, agentId ?? null, txId ?? null, details]);
}

function firstDifference(
  expected: readonly StoredEvent[],
  found: readonly StoredEvent[],
): string | undefined {
  for (let i = 0; i < Math.max(expected.length, found.length); i += 1) {
    const [before, now] = [expected[i], found[i]];
    const [a, b] = [before && asText(before), now && asText(now)];
    if (a !== b) return `event ${i}: ${a ?? 'no event'} stored, ${b ?? 'no event'} simulated`;
  }
  return undefined;
}

/** Simulates twice: the second run must equal the first (INV-2), and the first the stored one (INV-5). */
export function checkResimulation(
  subject: string,
  inputs: StoredInputs,
  stored: readonly StoredEvent[],
): readonly Violation[] {
  const once = resimulate(inputs);
  const repeated = firstDifference(once, resimulate(inputs));
  const kept = firstDifference(stored, once);
  return [
    ...(repeated === undefined ? [] : [{ invariant: 'INV-2' as const, subject, message: repeated }]),
    ...(kept === undefined ? [] : [{ invariant: 'INV-5' as const, subject, message: kept }]),
  ];
}
