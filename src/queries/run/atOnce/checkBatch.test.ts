import { afterAll, expect, test } from 'vitest';

import { bootBlockingEngine } from '../../../engine/wasm/blockingEngine.ts';
import { fileId, type SimulationId } from '../../../lib/ids.ts';
import type { JsonObject } from '../../../lib/json.ts';
import { toRecordedEvent } from '../../../lab/record/recordRun.ts';
import { toJsonObject } from '../../../lab/record/toJson.ts';
import type { ConsistencyCheck } from '../../../domain/answers/runs.ts';
import { busyScenario } from '../../../testing/busyScenario.ts';
import { ask } from '../../../testing/ask.ts';
import { leaf, labPolicy, runLab } from '../../../testing/labRun.ts';
import { openFixtureOn } from '../../../testing/openFixture.ts';
import { testRealFiles } from '../../../testing/realFile.ts';
import { writeFixture } from '../../../testing/fixtures/writeFixture.ts';
import { consistencyChecks } from '../consistencyChecks.ts';
import { checkBatch } from './checkBatch.ts';
import { cents } from '../../../lib/units.ts';
import { readRunBatches } from './runBatches.ts';

const engine = await bootBlockingEngine();
afterAll(() => engine.close());
const file = fileId('f1');

/** What the report says of a check: the events behind a difference are for the page of the run. */
const said = (checks: readonly ConsistencyCheck[] | undefined) =>
  checks
    ?.filter(({ id }) => id !== 'event-count')
    .map(({ id, title, outcome, expected, found, why }) => ({ id, title, outcome, expected, found, why }));

/** The runs that are checked at once, each held against the look of its own. */
async function heldAgainstOwnLook(every = 1): Promise<ReadonlyMap<string, string>> {
  const found = new Map<SimulationId, readonly ConsistencyCheck[]>();
  for (const batch of await readRunBatches(engine, { fileId: file }, undefined))
    for (const [id, checks] of await checkBatch(engine, file, batch, undefined)) found.set(id, checks);
  for (const [simulationId, checks] of [...found].filter((_, place) => place % every === 0))
    expect(said(checks), simulationId).toEqual(
      said(await ask(engine, consistencyChecks, { fileId: file, simulationId })),
    );
  return new Map(
    [...found].map(([id, checks]) => [
      id,
      checks
        .filter(({ outcome }) => outcome !== 'balances' && outcome !== 'not recorded')
        .map((check) => `${check.id} ${check.outcome}`)
        .join(', '),
    ]),
  );
}

const releasing = labPolicy({ payment_tree: leaf('Release') });

interface Event {
  readonly tick: number;
  readonly type: string;
  readonly agent: string | null;
  readonly tx: string | null;
  readonly details: JsonObject;
}

test('many runs at once are told as one by one, whatever is wrong with them; entangled ones are left out', async () => {
  const busy = busyScenario(5);
  const scenario = busyScenario(5, {
    lsm_config: { enable_bilateral: false, enable_cycles: false },
    entry_disposition_offsetting: false,
    deferred_crediting: true,
    agents: busy.agents.slice(0, 2).map((agent) => ({
      ...agent,
      limits: undefined,
      arrival_config:
        agent.arrival_config === undefined
          ? undefined
          : {
              ...agent.arrival_config,
              divisible: false,
              counterparty_weights: agent.id === 'BANK_A' ? { BANK_B: 1 } : { BANK_A: 1 },
            },
    })),
    scenario_events: [
      {
        type: 'DirectTransfer',
        from_agent: 'BANK_B',
        to_agent: 'BANK_A',
        amount: 777,
        schedule: { type: 'Repeating', start_tick: 2, interval: 5 },
      },
    ],
  });
  const { events: simulated, outcome, ticks } = runLab(scenario, { BANK_A: releasing, BANK_B: releasing });
  const events = simulated.map((event): Event => {
    const { tick, eventType, agentId: agent, txId: tx, details } = toRecordedEvent(event);
    return { tick, type: eventType, agent: agent ?? null, tx: tx ?? null, details };
  });
  const lastDay = ticks
    .slice(12)
    .flatMap(({ agents }) => agents.map(({ tickCosts }) => tickCosts.total))
    .reduce((sum, total) => sum + total, 0n);
  /** The first event of a type that fulfils a condition, changed or left out. */
  const changed = (type: string, change: (event: Event) => readonly Event[]): readonly Event[] => {
    const place = events.findIndex((event) => event.type === type);
    const event = events[place];
    expect(event, type).toBeDefined();
    return event === undefined ? events : events.toSpliced(place, 1, ...change(event));
  };
  const withDetails = (type: string, more: JsonObject) =>
    changed(type, (event) => [{ ...event, details: { ...event.details, ...more } }]);
  const without = (type: string) => changed(type, () => []);
  const common = {
    arrivals: outcome.arrivals,
    settlements: outcome.settlements,
    totalCost: outcome.totalCostCents,
    ticksPerDay: 12,
    numDays: 2,
    configJson: toJsonObject(scenario),
  };
  const runs: Readonly<Record<string, readonly [readonly Event[], Partial<typeof common>?]>> = {
    whole: [events],
    'a cent more': [events, { totalCost: cents(outcome.totalCostCents + 1n) }],
    'last day': [events, { totalCost: cents(lastDay) }],
    'one more arrival': [events, { arrivals: outcome.arrivals + 1 }],
    'no settlement': [without('RtgsImmediateSettlement')],
    'no allocation': [without('LiquidityAllocation')],
    'other balance': [withDetails('RtgsImmediateSettlement', { sender_balance_before: 1 })],
    'other sum': [withDetails('RtgsImmediateSettlement', { sender_balance_after: 1 })],
    'other amount': [withDetails('RtgsImmediateSettlement', { amount: 12_345 })],
    'parts exceed': [
      changed('CostAccrual', (event) => [
        {
          ...event,
          details: {
            ...event.details,
            total: 0,
            costs: { ...(event.details.costs as JsonObject), delay_cost: 5, total: 1 },
          },
        },
      ]),
    ],
    'other start': [
      events,
      {
        configJson: toJsonObject({
          ...scenario,
          agents: scenario.agents.map((agent) => ({ ...agent, opening_balance: 5 })),
        }),
      },
    ],
    'no events': [[]],
    // These need a look of their own.
    'no arrival': [without('Arrival')],
    'two arrivals': [changed('Arrival', (event) => [event, event])],
    'no total': [changed('CostAccrual', (event) => [{ ...event, details: {} }])],
    'nobody’s pool': [changed('LiquidityAllocation', (event) => [{ ...event, agent: null }])],
    'a fraction of a cent': [withDetails('RtgsImmediateSettlement', { amount: 0.5 })],
    'an offset': [
      [
        ...events,
        {
          tick: 23,
          type: 'LsmBilateralOffset',
          agent: null,
          tx: null,
          details: { agent_a: 'BANK_A', agent_b: 'BANK_B', amount_a: 5, amount_b: 5, tx_ids: [] },
        },
      ],
    ],
  };
  await openFixtureOn(
    engine,
    await writeFixture('simulation-only', {
      runs: Object.entries(runs).map(([id, [, change]]) => ({ id, ...common, ...change })),
      simulationEvents: Object.entries(runs).flatMap(([simulation, [own]]) =>
        own.map((event) => ({ simulation, ...event })),
      ),
    }),
  );
  expect(Object.fromEntries(await heldAgainstOwnLook())).toEqual({
    whole: '',
    'a cent more': 'total-cost differs',
    'last day': 'total-cost known gap',
    'one more arrival': 'arrivals differs',
    'no settlement': 'recorded-balances differs, settlements differs',
    'no allocation': 'recorded-balances differs',
    'other balance': 'recorded-balances differs',
    'other sum': 'recorded-balances differs',
    'other amount': 'recorded-balances differs',
    'parts exceed': 'total-cost differs, opportunity-cost differs',
    'other start': 'recorded-balances differs',
    'no events': '',
  });
});

testRealFiles(
  ['pairwise.db', 'bootstrap.db', 'crashed.db'],
  'every ninth run is told at once as by itself, and none is left out',
  async (...files) => {
    for (const [path, runs] of files.map((one, place) => [one, [29, 28, 11][place]] as const)) {
      await openFixtureOn(engine, path);
      const told = await heldAgainstOwnLook(9);
      expect(told.size).toBe(runs);
      expect([...told.values()].filter((words) => words !== '')).toEqual([]);
    }
  },
);
