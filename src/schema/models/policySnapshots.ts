import { agentRef, int, simulationRef, text } from '../columns.ts';
import { jsonObject } from '../jsonColumns.ts';
import { defineTable, type RecordOf } from '../table.ts';
import { simulationRuns } from './simulationRuns.ts';

export const policySnapshots = defineTable({
  name: 'policy_snapshots',
  description: 'The policy of an agent from a tick of a run on; with the scenario enough to run it again.',
  row: {
    simulationId: simulationRef('The run.'),
    agentId: agentRef('The agent.'),
    snapshotDay: int('Day, from 0.'),
    snapshotTick: int('From this tick on.', 'ticks'),
    policyHash: text('SHA-256 of the policy as JSON with sorted keys.'),
    policyJson: jsonObject('The policy.'),
    createdBy: text('`init`, `manual` or `llm`.'),
  },
  primaryKey: ['simulationId', 'agentId', 'snapshotDay', 'snapshotTick'],
  indexes: { idx_policy_hash: ['policyHash'] },
  references: [{ fields: ['simulationId'], to: simulationRuns }],
});

export type PolicySnapshotRow = RecordOf<typeof policySnapshots>;
