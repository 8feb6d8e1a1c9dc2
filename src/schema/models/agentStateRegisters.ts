import { agentRef, double, int, simulationRef, text } from '../columns.ts';
import { defineTable, type RecordOf } from '../table.ts';
import { simulationRuns } from './simulationRuns.ts';

export const agentStateRegisters = defineTable({
  name: 'agent_state_registers',
  description:
    "A register of an agent's policy at the end of a tick that set it (from `StateRegisterSet` events).",
  row: {
    simulationId: simulationRef('The run.'),
    tick: int('When it was set.', 'ticks'),
    agentId: agentRef('The agent.'),
    registerKey: text('Starts with `bank_state_`.'),
    registerValue: double('Last value set in this tick.'),
  },
  primaryKey: ['simulationId', 'tick', 'agentId', 'registerKey'],
  references: [{ fields: ['simulationId'], to: simulationRuns }],
});

export type AgentStateRegisterRow = RecordOf<typeof agentStateRegisters>;
