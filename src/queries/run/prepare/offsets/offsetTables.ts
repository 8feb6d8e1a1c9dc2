import type { OffsetOutcome, OffsettingReplay } from '../../../../domain/offsetting/replay.ts';
import type { StepWay } from '../../../../domain/offsetting/step.ts';
import type { Engine } from '../../../../engine/engine.ts';
import { join, sql, type Sql } from '../../../../lib/sql.ts';
import { textsIn } from '../../../read/eventFields.ts';
import { ways, wayNumber } from '../settled.ts';
import { createTable, kindIn, withDetails, type RunTables } from '../tables.ts';

/** Rows of one INSERT. */
const batch = 2_000;

const wayOf: Readonly<Record<StepWay, (typeof ways)[number]>> = {
  'bilateral offset': 'bilateral offset',
  cycle: 'cycle',
  retry: 'inferred',
};

/** Payments that offsets and cycles settled, as their events say it: what our lab logs is settled. */
export function createLoggedOffsets(run: RunTables): Sql {
  const pairs = sql`SELECT seq, tick, kind, unnest(${textsIn('tx_ids')}) AS tx_id
    FROM ${withDetails(run, 'LsmBilateralOffset', 'LsmCycleSettlement')}`;
  return createTable(
    run,
    'offsets',
    sql`SELECT o.seq, o.tick, FALSE AS later, a.tx, CASE WHEN ${kindIn(run, 'LsmBilateralOffset')}
        THEN ${wayNumber('bilateral offset')} ELSE ${wayNumber('cycle')} END AS how
      FROM (${pairs}) o JOIN ${run.table('arrivals')} a USING (tx_id)`,
  );
}

const emptyOffsets = sql`SELECT 0 AS seq, 0 AS tick, FALSE AS later, 0 AS tx, 0::UTINYINT AS how WHERE FALSE`;
const emptyOutcomes = sql`SELECT 0 AS seq, '' AS outcome, 0 AS settled, '' AS why, 0::SMALLINT AS bank,
  0::SMALLINT AS counterparty, 0::BIGINT AS needed, 0::BIGINT AS short, 0::BIGINT AS paid WHERE FALSE`;

/** Tables `offsets` and `outcomes` out of the played steps; both empty where none was played. */
export async function fillOffsets(
  engine: Engine,
  run: RunTables,
  replay: OffsettingReplay | undefined,
): Promise<void> {
  await engine.query(createTable(run, 'offsets', emptyOffsets));
  await engine.query(createTable(run, 'outcomes', emptyOutcomes));
  const settlements = (replay?.settlements ?? []).map(
    ({ seq, tick, tx, way }) => sql`(${seq}, ${tick}, TRUE, ${tx}, ${ways.indexOf(wayOf[way])})`,
  );
  await insert(engine, run.table('offsets'), settlements);
  await insert(engine, run.table('outcomes'), (replay?.outcomes ?? []).map(outcomeRow));
}

async function insert(engine: Engine, table: Sql, rows: readonly Sql[]): Promise<void> {
  for (let from = 0; from < rows.length; from += batch) {
    await engine.query(sql`INSERT INTO ${table} VALUES ${join(rows.slice(from, from + batch), ', ')}`);
  }
}

function outcomeRow({ seq, kind, refusal, settledPayments }: OffsetOutcome): Sql {
  const money = (value: bigint) => sql`${value}::BIGINT`;
  const reason =
    refusal === undefined
      ? [null, null, null, null, null, null]
      : refusal.why === 'short'
        ? [refusal.why, refusal.bank, null, money(refusal.needed), money(refusal.short), null]
        : [
            refusal.why,
            refusal.bank,
            refusal.counterparty ?? null,
            money(refusal.amount),
            money(refusal.limit),
            money(refusal.paid),
          ];
  return sql`(${join(
    [seq, kind, settledPayments, ...reason].map((value) => sql`${value}`),
    ', ',
  )})`;
}
