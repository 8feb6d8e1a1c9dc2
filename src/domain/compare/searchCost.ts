import { firstCostCents } from '../experiment/saving.ts';
import { cents, subtractCents, type Cents } from '../../lib/units.ts';
import type { ExperimentDetail } from '../experiment/normalised.ts';

/** What one exchange with the proposer took. */
export interface Turn {
  readonly iteration: number;
  readonly agentId: string;
  readonly model: string | undefined;
  readonly promptWords: number | undefined;
  readonly responseWords: number | undefined;
  readonly latencySeconds: number | undefined;
}

/** Where the search stood when an iteration was measured: what it had spent before, and what it had won. */
export interface SearchPoint {
  readonly iteration: number;
  /** Proposals made before this iteration, whatever became of them. */
  readonly proposals: number;
  /** Words of prompts and answers, seconds of waiting; undefined from the first exchange on that does not record them. */
  readonly words: number | undefined;
  readonly seconds: number | undefined;
  /** First total cost minus that of this iteration; undefined where one is not recorded. */
  readonly savedCents: Cents | undefined;
}

/** What the search for better policies had cost by each iteration. */
export function searchPoints(
  { iterations, proposals }: ExperimentDetail,
  turns: readonly Turn[],
): readonly SearchPoint[] {
  const first = firstCostCents(iterations[0]);
  const made = proposals.map(({ iteration }) => iteration).sort((a, b) => a - b);
  const asked = turns.toSorted((a, b) => a.iteration - b.iteration);
  let [madeSoFar, at] = [0, 0];
  let words: number | undefined = turns.length === 0 ? undefined : 0;
  let seconds: number | undefined = turns.length === 0 ? undefined : 0;
  return iterations.map(({ iteration, totalCents }): SearchPoint => {
    while ((made[madeSoFar] ?? Infinity) < iteration) madeSoFar += 1;
    for (let turn = asked[at]; turn !== undefined && turn.iteration < iteration; turn = asked[at]) {
      const own = wordsOfTurn(turn);
      words = words === undefined || own === undefined ? undefined : words + own;
      seconds =
        seconds === undefined || turn.latencySeconds === undefined
          ? undefined
          : seconds + turn.latencySeconds;
      at += 1;
    }
    const savedCents =
      first === undefined || totalCents === undefined ? undefined : subtractCents(first, totalCents);
    return { iteration, proposals: madeSoFar, words, seconds, savedCents };
  });
}

function wordsOfTurn({ promptWords, responseWords }: Turn): number | undefined {
  return promptWords === undefined || responseWords === undefined ? undefined : promptWords + responseWords;
}

/**
 * Where the plateau begins: the first point at which 95 % of the largest saving had been won. Undefined where nothing
 * was saved. Where arrivals differ by iteration the largest saving may be the luckiest (domain.md 11.17).
 */
export function plateauOf(points: readonly SearchPoint[]): SearchPoint | undefined {
  let most = 0n;
  for (const { savedCents } of points) if (savedCents !== undefined && savedCents > most) most = savedCents;
  if (most === 0n) return undefined;
  return points.find(({ savedCents }) => savedCents !== undefined && 20n * savedCents >= 19n * most);
}

/** What one model took and came to. */
export interface ModelShare {
  readonly model: string | undefined;
  readonly exchanges: number;
  /** Of its proposals. */
  readonly accepted: number;
  readonly rejected: number;
  readonly invalid: number;
  readonly words: number | undefined;
  readonly seconds: number | undefined;
  /** Fall of the total cost over the iterations in which it alone was asked; undefined where that cannot be told. */
  readonly savedCents: Cents | undefined;
}

/** By model, in the order of their first exchange. */
export function modelShares(
  { iterations, proposals }: ExperimentDetail,
  turns: readonly Turn[],
): readonly ModelShare[] {
  const key = (iteration: number, agent: string) => `${iteration}\n${agent}`;
  const verdicts = new Map(proposals.map((one) => [key(one.iteration, one.agentId), one.verdict]));
  const totals = new Map(iterations.map(({ iteration, totalCents }) => [iteration, totalCents]));
  const asked = new Map<number, Set<string | undefined>>();
  for (const { iteration, model } of turns)
    asked.set(iteration, (asked.get(iteration) ?? new Set()).add(model));
  const models = [...new Set(turns.toSorted((a, b) => a.iteration - b.iteration).map(({ model }) => model))];
  return models.map((model): ModelShare => {
    const own = turns.filter((turn) => turn.model === model);
    const count = (verdict: string) =>
      own.filter((turn) => verdicts.get(key(turn.iteration, turn.agentId)) === verdict).length;
    const alone = [...asked].flatMap(([iteration, found]) =>
      found.size === 1 && found.has(model) ? [iteration] : [],
    );
    let saved: bigint | undefined;
    for (const iteration of alone) {
      const [before, after] = [totals.get(iteration), totals.get(iteration + 1)];
      if (before !== undefined && after !== undefined) saved = (saved ?? 0n) + before - after;
    }
    return {
      model,
      exchanges: own.length,
      accepted: count('accepted'),
      rejected: count('rejected'),
      invalid: count('invalid'),
      words: sumOf(own.map(wordsOfTurn)),
      seconds: sumOf(own.map(({ latencySeconds }) => latencySeconds)),
      savedCents: saved === undefined ? undefined : cents(saved),
    };
  });
}

/** Undefined where one of them is not recorded. */
function sumOf(values: readonly (number | undefined)[]): number | undefined {
  let sum = 0;
  for (const value of values) {
    if (value === undefined) return undefined;
    sum += value;
  }
  return sum;
}
