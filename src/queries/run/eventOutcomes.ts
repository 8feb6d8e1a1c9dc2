import { isOffset } from '../../domain/events.ts';
import type { Engine } from '../../engine/engine.ts';
import { int, money, nullable, queryRows, text, type RowOf } from '../../engine/rows.ts';
import { sql } from '../../lib/sql.ts';
import type { EventOutcome } from '../../domain/answers/runs.ts';
import type { PreparedRun } from './prepare/prepareRun.ts';

const spec = {
  seq: int,
  outcome: text,
  settled: int,
  why: nullable(text),
  bank: nullable(int),
  counterparty: nullable(int),
  needed: nullable(money),
  short: nullable(money),
  paid: nullable(money),
};

const kinds = [
  'settled',
  'settled in a later pass',
  'settled in a later pass, another set of payments',
  'refused',
] as const;

/** What became of the offsets and cycles among some events, by `seq`; none where the step was not played. */
export async function readOutcomes(
  engine: Engine,
  run: PreparedRun,
  events: readonly { readonly seq: number; readonly kind: number }[],
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<number, EventOutcome>> {
  const offsets = events.filter(({ kind }) => isOffset(run.kinds[kind] ?? ''));
  const isKnown = run.offsets.kind === 'played' || run.offsets.kind === 'credited';
  if (offsets.length === 0 || !isKnown) return new Map();
  const seqs = offsets.map(({ seq }) => seq).join(',');
  const rows = await queryRows(
    engine,
    sql`SELECT * FROM ${run.table('outcomes')}
      WHERE seq IN (SELECT unnest(string_split(${seqs}, ','))::INTEGER)`,
    spec,
    signal,
  );
  return new Map(
    rows.flatMap((row) => {
      const kind = kinds.find((each) => each === row.outcome);
      if (kind === undefined) return [];
      return [[row.seq, { kind, settledPayments: row.settled, refusal: refusalOf(run, row) }] as const];
    }),
  );
}

function refusalOf(run: PreparedRun, row: RowOf<typeof spec>): EventOutcome['refusal'] {
  const { why, needed, short, paid } = row;
  const nameOf = (number: number | undefined) => (number === undefined ? undefined : run.agents[number]);
  const bank = nameOf(row.bank);
  if (bank === undefined || needed === undefined || short === undefined) return undefined;
  if (why === 'short') return { why, bank, neededCents: needed, shortCents: short };
  if ((why !== 'bilateral limit' && why !== 'multilateral limit') || paid === undefined) return undefined;
  const counterparty = nameOf(row.counterparty);
  return { why, bank, counterparty, amountCents: needed, limitCents: short, paidCents: paid };
}
