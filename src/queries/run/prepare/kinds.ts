import { join, sql, type Sql } from '../../../lib/sql.ts';
import { createTable, type RunTables } from './tables.ts';

/** Events whose details name the sender of their payment (domain.md 7.2). */
const sending = [
  'Arrival',
  'PriorityEscalated',
  'RtgsSubmission',
  'RtgsWithdrawal',
  'RtgsResubmission',
  'RtgsImmediateSettlement',
  'QueuedRtgs',
  'Queue2LiquidityRelease',
  'TransactionWentOverdue',
  'OverdueTransactionSettled',
  'BilateralLimitExceeded',
  'MultilateralLimitExceeded',
  'RtgsQueue2Settle',
  'Settlement',
];
/** Of these the receiver counts as well (domain.md 7.6). */
export const settling = [
  'RtgsImmediateSettlement',
  'Queue2LiquidityRelease',
  'OverdueTransactionSettled',
  'RtgsQueue2Settle',
  'Settlement',
];
/** Events that name no party in their details, or whose parties do not count. */
const partyless = [
  'PolicySubmit',
  'PolicyHold',
  'PolicyDrop',
  'PolicySplit',
  'TransactionReprioritized',
  'CollateralPost',
  'CollateralWithdraw',
  'CollateralTimerWithdrawn',
  'CollateralTimerBlocked',
  'StateRegisterSet',
  'BankBudgetSet',
  'DeferredCreditApplied',
  'CostAccrual',
  'AlgorithmExecution',
  'ScenarioEventExecuted',
  'EndOfDay',
  'LiquidityAllocation',
  'LiquidityReturn',
];

/** Types of which nothing is known beforehand, and those of two or more agents: their details must be asked. */
export function askedForParties({ kinds }: Pick<RunTables, 'kinds'>): readonly string[] {
  return kinds.filter((kind) => !sending.includes(kind) && !partyless.includes(kind));
}

export function createKinds(run: RunTables): Sql {
  const rows = run.kinds.map(
    (kind, no) => sql`(${no}::UTINYINT, ${kind}, ${sending.includes(kind)}, ${settling.includes(kind)})`,
  );
  return createTable(
    run,
    'kinds',
    rows.length === 0
      ? sql`SELECT 0::UTINYINT AS no, '' AS event_type, FALSE AS sends, FALSE AS receives WHERE FALSE`
      : sql`SELECT * FROM (VALUES ${join(rows, ', ')}) AS t(no, event_type, sends, receives)`,
  );
}
