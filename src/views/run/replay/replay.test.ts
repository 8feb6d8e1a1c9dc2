import { describe, expect, it } from 'vitest';

import { agentId } from '../../../lib/ids.ts';
import type { TickMove } from '../../../domain/answers/runs.ts';
import { cents } from '../../../lib/units.ts';
import { costWords } from './BanksGrid.tsx';
import { flowsOf } from './TickFlows.tsx';
import { dayStartsOf, tickByDay, tickPlace } from './useReplay.ts';

describe('the place of a tick', () => {
  it('counts ticks from 0 and days from 1', () => {
    expect(tickPlace(61, 100, 100)).toBe('of 99, day 1');
    expect(tickPlace(100, 10_000, 100)).toBe('of 9,999, day 2');
    expect(tickPlace(1, 2, undefined)).toBe('of 1');
  });

  it('a day further stays inside the run', () => {
    expect(dayStartsOf(7, 3)).toEqual([3, 6]);
    expect(dayStartsOf(7, undefined)).toEqual([]);
    expect(tickByDay(5, 1, 7, 3)).toBe(6);
    expect(tickByDay(2, -1, 7, 3)).toBe(0);
    expect(tickByDay(50, 1, 100, undefined)).toBe(60);
  });
});

it('flows add up by pair of banks, in either direction, the largest first', () => {
  const move = (from: string, to: string, amount: bigint, kind: TickMove['kind']): TickMove => ({
    from: agentId(from),
    to: agentId(to),
    amountCents: cents(amount),
    kind,
    txId: undefined,
  });
  const flows = flowsOf([
    move('A', 'B', 100n, 'immediate'),
    move('B', 'A', 9_007_199_254_740_993n, 'queue 2'),
    move('A', 'B', 50n, 'queue 2'),
    move('A', 'B', 25n, 'queue 2'),
  ]);
  expect(flows.map(({ from, to, payments, amountCents }) => [from, to, payments, amountCents])).toEqual([
    ['B', 'A', 1, 9_007_199_254_740_993n],
    ['A', 'B', 3, 175n],
  ]);
  expect(flows[1]?.kinds).toEqual([
    ['queue 2', 2],
    ['immediate', 1],
  ]);
});

it('costs are said by component, those of zero not at all', () => {
  const none = cents(0n);
  expect(
    costWords({
      totalCents: cents(313_412n),
      overdraftCents: none,
      delayCents: cents(3412n),
      collateralCents: none,
      penaltyCents: cents(310_000n),
      splitFrictionCents: none,
      opportunityCents: none,
    }),
  ).toBe('delay $34.12, penalties $3,100.00');
});
