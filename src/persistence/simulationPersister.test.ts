import { expect, it } from 'vitest';

import { int, queryRows } from '../engine/rows.ts';
import type { Engine } from '../engine/engine.ts';
import { ident, sql } from '../lib/sql.ts';
import { experimentId, simulationId } from '../lib/ids.ts';
import {
  agentStateRegisters,
  simulationEvents,
  simulations as simulationTable,
} from '../schema/models/simulations.ts';
import { tickAgentStates, transactions } from '../schema/models/checkedTables.ts';
import { defaultPersistencePolicy, type PersistenceLevel } from './simulationPersister.ts';
import { tables } from '../schema/tables.ts';
import { describeEngines } from '../testing/describeEngines.ts';
import { bankA } from '../testing/figureExperiment.ts';
import { simulationRecord, standaloneRecord, testTime } from '../testing/unifiedRecords.ts';
import { openUnifiedDatabase } from './unifiedDatabase.ts';

const id = simulationId('load-test');
const clock = () => testTime;

/** Rows of every table that is not empty. */
async function filled(engine: Engine): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    const [row] = await queryRows(engine, sql`SELECT count(*) AS rows FROM ${ident(name)}`, { rows: int });
    if (row !== undefined && row.rows > 0 && name !== 'schema_migrations') counts[name] = row.rows;
  }
  return counts;
}

const summary = { simulation_runs: 1 };
const events = {
  ...summary,
  simulations: 1,
  policy_snapshots: 1,
  simulation_events: 4,
  agent_state_registers: 1,
  transactions: 1,
  agent_queue_snapshots: 1,
};
const full = { ...events, policy_decisions: 1, tick_agent_states: 2, tick_queue_snapshots: 1 };
const contents: readonly (readonly [PersistenceLevel, Record<string, number>])[] = [
  ['none', {}],
  ['summary', summary],
  ['events', events],
  ['full', full],
];

describeEngines('simulation persister', (engine) => {
  const open = (level: PersistenceLevel) =>
    openUnifiedDatabase(engine(), {
      policy: { ...defaultPersistencePolicy, simulationPersistence: level },
      clock,
    });

  it.each(contents)('level %s means what it says', async (level, expected) => {
    const { simulations } = await open(level);
    expect(await simulations.save(standaloneRecord(id))).toBe(level);
    expect(await filled(engine())).toEqual(expected);
  });

  it('does not even look at what the level leaves out', async () => {
    const { simulations } = await open('summary');
    const events = {
      [Symbol.iterator]: () => {
        throw new Error('iterated');
      },
    };
    await simulations.save({ ...standaloneRecord(id), events });
    expect(await filled(engine())).toEqual({ simulation_runs: 1 });
  });

  it('gives back the run, and its events in their order with ids and days of their own', async () => {
    const { simulations } = await open('full');
    const record = standaloneRecord(id);
    await simulations.save(record);

    expect(await simulations.loadRun(id)).toStrictEqual(record.run);
    const stored = await simulations.loadRows(simulationEvents, id);
    expect(stored).toStrictEqual(
      [...record.events].map((event, n) => ({
        ...event,
        eventId: `load-test-event${n}`,
        simulationId: id,
        day: event.tick === 2 ? 1 : 0,
        eventTimestamp: testTime,
        createdAt: testTime,
      })),
    );
    expect(await simulations.loadRows(transactions, id)).toStrictEqual(
      [...record.transactions].map((row) => ({ ...row, simulationId: id })),
    );
    expect(await simulations.loadRows(tickAgentStates, id)).toStrictEqual(
      [...record.tickAgentStates].map((row) => ({ ...row, simulationId: id })),
    );
  });

  it('keeps the last value of a register in each tick', async () => {
    const { simulations } = await open('events');
    await simulations.save(standaloneRecord(id));
    expect(await simulations.loadRows(agentStateRegisters, id)).toEqual([
      { simulationId: id, tick: 1, agentId: bankA, registerKey: 'bank_state_x', registerValue: 2.5 },
    ]);
  });

  it('stores the scenario of a run alone, and a speed only where there is a duration', async () => {
    const { simulations } = await open('events');
    const record = standaloneRecord(id);
    await simulations.save(record);
    const instant = simulationId('instant');
    await simulations.save({ ...record, run: { ...record.run, simulationId: instant, durationSeconds: 0 } });

    const [scenario] = await simulations.loadRows(simulationTable, id);
    expect(scenario).toMatchObject({ configJson: record.scenario.config, numAgents: 2, ticksPerSecond: 4 });
    const [timeless] = await simulations.loadRows(simulationTable, instant);
    expect(timeless).toBeDefined();
    expect(timeless?.ticksPerSecond).toBeUndefined();
  });

  it('keeps bootstrap samples out by default', async () => {
    const { simulations } = await openUnifiedDatabase(engine());
    expect(simulations.levelFor('bootstrap')).toBe('none');
    expect(await simulations.save(simulationRecord(experimentId('e'), 0, 'bootstrap'))).toBe('none');
    expect(await filled(engine())).toEqual({});
  });

  it('stores a run whole or not at all', async () => {
    const { simulations } = await open('full');
    const record = standaloneRecord(id);
    const doubled = [...record.tickQueues, ...record.tickQueues];
    await expect(simulations.save({ ...record, tickQueues: doubled })).rejects.toThrow(/duplicate/i);
    expect(await filled(engine())).toEqual({});
  });

  it('refuses a run of an experiment that does not exist', async () => {
    const { simulations } = await open('summary');
    await expect(simulations.save(simulationRecord(experimentId('nobody'), 0))).rejects.toThrow(
      'foreign key',
    );
    expect(await simulations.loadRun(id)).toBeUndefined();
  });
});
