/** What the original's engine had in its memory while it wrote a file (`*.truth.json`; `offsetting.md` explains them). */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const count = z.number().int();
const perTick = z.record(z.string(), z.array(count));

const truthRun = z.object({
  deferred_crediting: z.boolean(),
  /** Cents or counts, one per tick as of its end. */
  balance: perTick,
  queue1: perTick,
  queue2: perTick,
  posted: perTick.default({}),
  /** One number where it never changes. */
  unsecured_cap: z.record(z.string(), z.union([count, z.array(count)])),
  /** Over the whole run; components that stay 0 are left out. */
  cumulative_costs: z.record(z.string(), perTick),
  payments: z.array(
    z.tuple([
      z.string(),
      count,
      count.nullable(),
      z.string().nullable(),
      count.nullable(),
      z.string(),
      z.string().nullable(),
    ]),
  ),
  offset_events: z.array(
    z.tuple([count, count, z.string(), z.string()]).rest(z.union([z.array(z.string()), z.null()])),
  ),
  totals: z.object({ arrivals: count, settled: count }),
  crash: z.unknown().optional(),
});

export type TruthRun = z.infer<typeof truthRun>;

export interface TruthPayment {
  readonly txId: string;
  readonly settledTick: number | undefined;
  readonly via: string | undefined;
  /**
   * Split, and not settled in the engine's memory: parts that an offset or a cycle settles do not reduce their parent,
   * which stays so for good though all of it may be paid (domain.md 7.7).
   */
  readonly openParent: boolean;
}

export const truthPayments = (run: TruthRun): readonly TruthPayment[] =>
  run.payments.map(([txId, , settledTick, via, , end]) => ({
    txId,
    settledTick: settledTick ?? undefined,
    via: via ?? undefined,
    openParent: end === 'split',
  }));

/** Runs of a truth file by id; those that broke off have no events in the database and are left out. */
export function truthRuns(path: string): ReadonlyMap<string, TruthRun> {
  const file = z
    .object({ runs: z.record(z.string(), truthRun) })
    .parse(JSON.parse(readFileSync(path, 'utf8')));
  return new Map(Object.entries(file.runs).filter(([, run]) => run.crash === undefined));
}
