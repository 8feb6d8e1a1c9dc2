import { sql, type Sql } from '../../lib/sql.ts';
import type { AgentId } from '../../lib/ids.ts';

/** Up to here the seed of every iteration is hashed, stored or not: a run can stand beside a row that is lost. */
const hashedWithoutGaps = 20_000;

/**
 * Digests behind the iteration seeds 0 to `lastIteration` (domain.md 4.4), of late ones only those that `stored`
 * (a table of `iteration`) names and the one after each: a file may jump to iteration 2,000,000,000. Hashed by the engine: the first
 * eight hex digits of SHA-256("{master}:iter:{k}:agent:{agent}"). The browser's own digest is not at hand
 * where a page is served without TLS.
 */
export function seedDigests(masterSeed: string, agent: AgentId, lastIteration: number, stored: Sql): Sql {
  const text = sql`concat(${masterSeed}, ':iter:', k, ':agent:', ${agent}::VARCHAR)`;
  return sql`SELECT k::INTEGER AS iteration, left(sha256(${text}), 8) AS digest
    FROM (SELECT range AS k FROM range(${Math.min(lastIteration + 1, hashedWithoutGaps)})
      UNION SELECT unnest([iteration::BIGINT, iteration + 1]) FROM (${stored})
        WHERE iteration + 1 >= ${hashedWithoutGaps}) WHERE k < 2147483648 ORDER BY k`;
}

/** Four bytes, big endian, mod 2^31: fits a signed 32-bit integer. */
export function seedOfDigest(digest: string): bigint {
  return BigInt(`0x${digest}`) % 2n ** 31n;
}
