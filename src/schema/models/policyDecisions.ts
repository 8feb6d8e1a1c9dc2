import { agentRef, int, serial, simulationRef, text } from '../columns.ts';
import { textListColumn } from '../jsonColumns.ts';
import { defineTable, type RecordOf } from '../table.ts';
import { simulationRuns } from './simulationRuns.ts';

export const policyDecisions = defineTable({
  name: 'policy_decisions',
  description: 'What a policy decided about a payment at a tick. Written at level `full`.',
  row: {
    id: serial('policy_decisions_id_seq', 'Order of writing.'),
    simulationId: simulationRef('The run.'),
    agentId: agentRef('The agent.'),
    tick: int('When.', 'ticks'),
    day: int('`tick div ticks_per_day`.'),
    decisionType: text('`submit`, `hold`, `drop` or `split`.'),
    txId: text('The payment.'),
    reason: text('Why.').optional(),
    numSplits: int('Parts, for a split.').optional(),
    childTxIds: textListColumn('The parts, for a split.').optional(),
  },
  primaryKey: ['id'],
  references: [{ fields: ['simulationId'], to: simulationRuns }],
});

export type PolicyDecisionRow = RecordOf<typeof policyDecisions>;
