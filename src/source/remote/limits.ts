/** How long a host may stay silent, before its first byte and between two of them. */
export const silenceLimitMs = 10_000;
export const silenceLimitSeconds = silenceLimitMs / 1000;

/** The slowest host that is waited for once it answers, in bytes per second. */
const slowestBytesPerSecond = 50_000;

/** The most that is read of an answer that is not a range: a database that comes whole, a log. */
export const wholeLimitBytes = 64_000_000;

/** Time for one read of `bytes` where no sign of life can be seen in between, in milliseconds. */
export function readLimitMs(bytes: number): number {
  return silenceLimitMs + Math.ceil((1000 * bytes) / slowestBytesPerSecond);
}
