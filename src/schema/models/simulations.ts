import {
  agentRef,
  double,
  int,
  int64,
  money,
  oneOf,
  serial,
  simulationRef,
  text,
  timestamp,
} from '../columns.ts';
import { jsonObject, textListColumn } from '../jsonColumns.ts';
import { defineTable, type RecordOf } from '../table.ts';
import { runStatuses, simulationRuns } from './experiments.ts';

export const simulations = defineTable({
  name: 'simulations',
  description:
    'The scenario of a run, complete enough to run it again; one row beside its `simulation_runs` row.',
  row: {
    simulationId: simulationRef('The run.'),
    configFile: text('File the scenario came from, or its name.'),
    configHash: text('SHA-256 of the scenario as text, or empty.'),
    rngSeed: int64('Seed of this very run.'),
    ticksPerDay: int('Length of a day.', 'ticks'),
    numDays: int('Days simulated.'),
    numAgents: int('Agents of the scenario.'),
    configJson: jsonObject('The whole scenario.').optional(),
    status: oneOf(runStatuses, '`running`, `completed` or `failed`.'),
    startedAt: timestamp('When the run started.').optional(),
    completedAt: timestamp('When it ended.').optional(),
    totalArrivals: int('Payments that arrived, parts of split payments not counted.').optional(),
    totalSettlements: int('Of these, settled in full.').optional(),
    totalCostCents: money('Cost of all agents over the whole run.', 'total_cost_cents').optional(),
    durationSeconds: double('Wall-clock time of the run.', 'seconds').optional(),
    ticksPerSecond: double('Speed of the run.').optional(),
  },
  primaryKey: ['simulationId'],
  indexes: { idx_sim_started_at: ['startedAt'] },
  references: [{ fields: ['simulationId'], to: simulationRuns }],
});

export type SimulationRow = RecordOf<typeof simulations>;

export const simulationEvents = defineTable({
  name: 'simulation_events',
  description: 'One thing that happened in a run. Read in order of tick, event_timestamp, rowid.',
  row: {
    eventId: text('`{simulation_id}-event{N}`, N counted from 0 within the run.'),
    simulationId: simulationRef('The run.'),
    tick: int('When it happened, from 0 over the whole run.', 'ticks'),
    day: int('`tick div ticks_per_day`.'),
    eventTimestamp: timestamp('When it was written.'),
    eventType: text('Kind of event (domain.md 7.2).'),
    details: jsonObject('Everything else that the event carries.'),
    agentId: agentRef('Agent, where the event has exactly one.').optional(),
    txId: text('Payment, where the event has exactly one.').optional(),
    createdAt: timestamp('When the row was written.'),
  },
  primaryKey: ['eventId'],
  references: [{ fields: ['simulationId'], to: simulationRuns }],
});

export type SimulationEventRow = RecordOf<typeof simulationEvents>;

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
