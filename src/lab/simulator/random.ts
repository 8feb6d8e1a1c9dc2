/** Seeded random numbers: one stream per bank, so that no bank's draws depend on what another one did. */
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

export type { RandomGenerator };

/** Spreads seed and stream over 32 bits (the finaliser of MurmurHash3), so that neighbours do not resemble. */
function mix(seed: number, stream: number): number {
  let hash = (seed ^ Math.imul(stream + 1, 0x9e3779b1)) | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** The generator of stream `stream` under `seed`; both whole numbers. */
export function randomStream(seed: number, stream: number): RandomGenerator {
  return xoroshiro128plus(mix(seed, stream));
}

/** In [0, 1). */
export function drawUnit(random: RandomGenerator): number {
  return uniformFloat64(random);
}

/** A whole number from `min` to `max`, both included. */
export function drawInteger(random: RandomGenerator, min: number, max: number): number {
  return uniformInt(random, min, max);
}

/** Standard normal, by Box and Muller's method; its second value is not kept, so each draw stands alone. */
export function drawNormal(random: RandomGenerator): number {
  const radius = Math.sqrt(-2 * Math.log(1 - drawUnit(random)));
  return radius * Math.cos(2 * Math.PI * drawUnit(random));
}

/** How many arrivals a tick has at a mean of `rate`; Knuth's method in steps of at most 30 to stay in range. */
export function drawPoisson(random: RandomGenerator, rate: number): number {
  let count = 0;
  for (let rest = rate; rest > 0; rest -= 30) {
    const limit = Math.exp(-Math.min(rest, 30));
    let product = drawUnit(random);
    while (product > limit) {
      count += 1;
      product *= drawUnit(random);
    }
  }
  return count;
}

/** The index of one of `weights`, in proportion; undefined when all are 0. */
export function drawWeighted(random: RandomGenerator, weights: readonly number[]): number | undefined {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total <= 0) return undefined;
  let rest = drawUnit(random) * total;
  for (const [index, weight] of weights.entries()) {
    rest -= weight;
    if (rest < 0 && weight > 0) return index;
  }
  // Rounding may leave a crumb beyond the last weight.
  return weights.findLastIndex((weight) => weight > 0);
}
