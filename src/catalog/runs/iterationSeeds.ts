import { sql, type Sql } from '../../lib/sql.ts';
import type { AgentId } from '../../schema/ids.ts';

/**
 * Digests behind the iteration seeds 0 to `lastIteration` (domain.md 4.4), hashed by the engine: the first
 * eight hex digits of SHA-256("{master}:iter:{k}:agent:{agent}"). The browser's own digest is not at hand
 * where a page is served without TLS.
 */
export function seedDigests(masterSeed: string, agent: AgentId, lastIteration: number): Sql {
  const text = sql`concat(${masterSeed}, ':iter:', k, ':agent:', ${agent}::VARCHAR)`;
  return sql`SELECT k::INTEGER AS iteration, left(sha256(${text}), 8) AS digest
    FROM range(${lastIteration + 1}) AS ks(k) ORDER BY k`;
}

/** Four bytes, big endian, mod 2^31: fits a signed 32-bit integer. */
export function seedOfDigest(digest: string): bigint {
  return BigInt(`0x${digest}`) % 2n ** 31n;
}
