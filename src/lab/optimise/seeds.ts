import { sha256Of } from '../record/toJson.ts';

function firstBytes(text: string, from: number): number {
  const bytes = sha256Of(text);
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(from) & 0x7fff_ffff;
}

/** Seed of one agent's comparison in one iteration (domain.md 4.4): first 4 bytes, modulo 2^31. */
export function iterationSeed(masterSeed: number, iteration: number, agentId: string): number {
  return firstBytes(`${masterSeed}:iter:${iteration}:agent:${agentId}`, 0);
}

/** Seed of one bootstrap sample: first 8 bytes modulo 2^31, which is what the last 4 of them say. */
export function sampleSeed(seedOfIteration: number, sample: number): number {
  return firstBytes(`${seedOfIteration}:sample:${sample}`, 4);
}

/** Seed of a proposer's choices; not part of the original's hierarchy. */
export function proposalSeed(masterSeed: number, iteration: number, agentId: string): number {
  return firstBytes(`${masterSeed}:proposal:${iteration}:agent:${agentId}`, 0);
}
