/** Real runs of the original with offsetting against the memory of its engine, through the questions of the screens. */
import { readFileSync } from 'node:fs';

import { beforeAll, expect, test } from 'vitest';

import type { Engine } from '../../engine/engine.ts';
import type { AgentCosts } from '../../domain/costs.ts';
import { agentId, fileId, simulationId } from '../../lib/ids.ts';
import type { AgentTick, PaymentRow, TickState } from '../../domain/answers/runs.ts';
import { ask } from '../../testing/ask.ts';
import { openFixture } from '../../testing/openFixture.ts';
import { describeRealFile } from '../../testing/realFile.ts';
import type { RunScope } from '../scope.ts';
import { eventPage } from './runEvents.ts';
import { runOutline } from './runOutline.ts';
import { paymentPage } from './runPayments.ts';
import { tickState } from './tickState.ts';

type PerTick = Readonly<Record<string, readonly number[]>>;

interface TruthRun {
  readonly crash?: string;
  readonly ticks_run: number;
  readonly agents: readonly string[];
  readonly balance: PerTick;
  readonly queue1: PerTick;
  readonly queue2: PerTick;
  readonly start_posted: number | Readonly<Record<string, number>>;
  readonly posted: PerTick;
  readonly unsecured_cap: Readonly<Record<string, number | readonly number[]>>;
  readonly cumulative_costs: Readonly<Record<string, PerTick>>;
  readonly payments: readonly (readonly [
    string,
    number,
    number | null,
    string | null,
    number | null,
    string,
    string | null,
  ])[];
  readonly totals: { readonly settled: number };
  readonly offset_events: readonly (readonly [number, number, string, string, ...unknown[]])[];
}

const components = {
  liquidity: 'overdraftCents',
  delay: 'delayCents',
  collateral: 'collateralCents',
  penalty: 'penaltyCents',
  split: 'splitFrictionCents',
  opportunity: 'opportunityCents',
  total: 'totalCents',
} as const satisfies Record<string, keyof AgentCosts>;

const ways = {
  immediate: 'rtgs',
  'queue 2': 'release',
  'bilateral offset': 'offset',
  cycle: 'cycle',
  inferred: 'silent',
} as const;

/** What differs at the end of ticks, as `tick bank what: found, not expected`. */
function differencesOf(truth: TruthRun, states: readonly TickState[]): string[] {
  const found: string[] = [];
  const compare = (where: string, is: unknown, should: unknown) => {
    if (is !== should) found.push(`${where}: ${String(is)}, not ${String(should)}`);
  };
  for (const { tick, agents } of states) {
    for (const agent of agents) {
      const id = agent.agentId;
      const at = `${tick} ${id}`;
      compare(`${at} balance`, agent.balanceCents, BigInt(truth.balance[id]?.[tick] ?? NaN));
      compare(`${at} queue 1`, agent.queue1?.payments, truth.queue1[id]?.[tick]);
      compare(`${at} queue 2`, agent.queue2?.payments, truth.queue2[id]?.[tick]);
      compare(`${at} posted`, agent.postedCollateralCents, postedAt(truth, agent, tick));
      const cap = truth.unsecured_cap[id];
      compare(
        `${at} cap`,
        agent.unsecuredCapCents,
        BigInt((typeof cap === 'number' ? cap : cap?.[tick]) ?? 0),
      );
      for (const [name, part] of Object.entries(components)) {
        const so = BigInt(truth.cumulative_costs[id]?.[name]?.[tick] ?? 0);
        compare(`${at} ${name} cost`, agent.costsSoFar?.[part], so);
      }
    }
  }
  return found;
}

function postedAt(
  { posted, start_posted: start }: TruthRun,
  { agentId: id }: AgentTick,
  tick: number,
): bigint {
  return BigInt(posted[id]?.[tick] ?? (typeof start === 'number' ? start : start[id]) ?? 0);
}

function paymentDifferences(truth: TruthRun, payments: readonly PaymentRow[]): string[] {
  const byId = new Map(payments.map((payment) => [payment.txId, payment]));
  expect(payments).toHaveLength(truth.payments.length);
  // The engine leaves a split payment open when offsets settled its parts, yet counts it as settled; so do we.
  const openParts = truth.payments.flatMap(([, , settled, , , end, parent]) =>
    parent !== null && settled === null && end !== 'split' ? parent : [],
  );
  return truth.payments.flatMap(([id, arrival, settledTick, via, , end, parent]) => {
    const row = byId.get(id);
    const parts = truth.payments.filter(([, , , , , , whole]) => whole === id);
    const settled =
      end === 'split' && !openParts.includes(id)
        ? Math.max(...parts.map(([, , tick]) => tick ?? 0))
        : settledTick;
    const way = row?.settledBy === undefined ? undefined : ways[row.settledBy];
    const is = [row?.arrivalTick, row?.settlementTick, way, row?.parentTxId];
    const should = [
      arrival,
      settled ?? undefined,
      via === 'children' ? undefined : (via ?? undefined),
      parent ?? undefined,
    ];
    return JSON.stringify(is) === JSON.stringify(should)
      ? []
      : [`${id}: ${JSON.stringify(is)}, not ${JSON.stringify(should)}`];
  });
}

async function outcomesOf(engine: Engine, scope: RunScope): Promise<string[]> {
  const types = ['LsmBilateralOffset', 'LsmCycleSettlement', 'EntryDispositionOffset'];
  const events = await ask(engine, eventPage, { ...scope, filter: { types }, offset: 0, limit: 10_000 });
  return events.map(({ tick, eventType, outcome }) => `${tick} ${eventType} ${outcome?.kind ?? 'not known'}`);
}

for (const name of ['lsm4', 'offsets', 'replay', 'bank-side', 'lsm-pairwise']) {
  describeRealFile(`${name}.db`, (path) => {
    const text = readFileSync(path.replace(/\.db$/, '.truth.json'), 'utf8');
    const { runs } = JSON.parse(text) as { runs: Record<string, TruthRun> };
    const withEvents = Object.entries(runs).filter(([, { crash }]) => crash === undefined);
    let engine: Engine;
    beforeAll(async () => ({ engine } = await openFixture(path)));

    test.for(withEvents)('%s: every tick, payment and offset event as in the engine', async ([id, truth]) => {
      const scope = { fileId: fileId('f1'), simulationId: simulationId(id) };
      const outline = await ask(engine, runOutline, scope);
      expect(outline?.tickCount).toBe(truth.ticks_run);
      expect(outline?.agents).toEqual(truth.agents.map(agentId));
      const states: TickState[] = [];
      for (let tick = 0; tick < truth.ticks_run; tick += 1) {
        const state = await ask(engine, tickState, { ...scope, tick });
        if (state !== undefined) states.push(state);
      }
      expect(differencesOf(truth, states)).toEqual([]);
      const payments = await ask(engine, paymentPage, { ...scope, filter: {}, offset: 0, limit: 10_000 });
      expect(paymentDifferences(truth, payments)).toEqual([]);
      const whole = payments.filter(({ parentTxId }) => parentTxId === undefined);
      expect(whole.filter(({ status }) => status === 'settled')).toHaveLength(truth.totals.settled);
      expect(await outcomesOf(engine, scope)).toEqual(
        truth.offset_events.map(([, tick, type, outcome]) => `${tick} ${type} ${outcome}`),
      );
    });
  });
}
