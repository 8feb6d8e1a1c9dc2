import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Json, JsonObject } from '../../../lib/json.ts';
import { bindTree, PolicyFault, bindNumeric, type Readers } from './evaluate.ts';
import { loadPolicy } from './loadPolicy.ts';

interface World {
  readonly balance: number;
  readonly priority: number;
  readonly mood: number;
}

const readers: Readers<World> = {
  fields: { balance: (world) => world.balance, priority: (world) => world.priority },
  register: () => (world) => world.mood,
};
const world: World = { balance: 700, priority: 5, mood: -2.5 };

/** The value of a number expression, by way of a whole policy. */
function valueOf(json: Json, context = world): number {
  const loaded = loadPolicy({
    policy_id: 'p',
    parameters: { limit: 40 },
    payment_tree: {
      type: 'action',
      node_id: 'n',
      action: 'Reprioritize',
      parameters: { new_priority: json },
    },
  });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  const root = loaded.value.paymentTree;
  if (root?.kind !== 'action' || root.action.name !== 'Reprioritize') throw new Error('not the leaf');
  return bindNumeric(root.action.newPriority, readers)(context);
}

const compute = (computation: JsonObject): JsonObject => ({ compute: computation });
const value = (number: number): JsonObject => ({ value: number });

describe('numbers', () => {
  it.each<[Json, number]>([
    [{ field: 'balance' }, 700],
    [{ field: 'bank_state_mood' }, -2.5],
    [{ param: 'limit' }, 40],
    [{ value: true }, 1],
    [compute({ op: '+', left: value(2), right: { field: 'balance' } }), 702],
    [compute({ op: '-', left: value(2), right: value(5) }), -3],
    [compute({ op: '*', left: value(2), right: value(5) }), 10],
    [compute({ op: '/', left: value(2), right: value(5) }), 0.4],
    [compute({ op: 'max', values: [value(2), value(9), value(5)] }), 9],
    [compute({ op: 'min', values: [value(2), value(9), value(5)] }), 2],
    [compute({ op: 'ceil', value: value(1.2) }), 2],
    [compute({ op: 'floor', value: value(1.8) }), 1],
    [compute({ op: 'round', value: { field: 'bank_state_mood' } }), -3],
    [compute({ op: 'abs', value: value(-4) }), 4],
    [compute({ op: 'clamp', value: value(12), min: value(0), max: value(10) }), 10],
    [compute({ op: 'div0', numerator: value(6), denominator: value(0), default: value(7) }), 7],
    [compute({ op: 'div0', numerator: value(6), denominator: value(4), default: value(7) }), 1.5],
  ])('%j is %d', (json, expected) => {
    expect(valueOf(json)).toBe(expected);
  });

  it('reports a division by zero instead of deciding on infinity', () => {
    expect(() => valueOf(compute({ op: '/', left: value(1), right: value(0) }))).toThrow(PolicyFault);
  });

  it('adds and clamps like the arithmetic it stands for, for any numbers', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), fc.nat(), (a, b, span) => {
        expect(valueOf(compute({ op: '+', left: value(a), right: value(b) }))).toBe(a + b);
        const clamped = valueOf(
          compute({ op: 'clamp', value: value(a), min: value(b), max: value(b + span) }),
        );
        expect(clamped >= b && clamped <= b + span).toBe(true);
      }),
    );
  });
});

describe('trees', () => {
  const tree = (condition: JsonObject): JsonObject => ({
    policy_id: 'p',
    payment_tree: {
      type: 'condition',
      node_id: 'N1',
      condition,
      on_true: { type: 'action', node_id: 'A2', action: 'Release' },
      on_false: {
        type: 'condition',
        node_id: 'N3',
        condition: { op: '>', left: { field: 'priority' }, right: value(4) },
        on_true: { type: 'action', node_id: 'A4', action: 'Hold' },
        on_false: { type: 'action', node_id: 'A5', action: 'Drop' },
      },
    },
  });
  const decide = (condition: JsonObject, context: World): [string, string] => {
    const loaded = loadPolicy(tree(condition));
    if (!loaded.ok || loaded.value.paymentTree === undefined) throw new Error('not loaded');
    const bound = bindTree(loaded.value.paymentTree, readers, (action) => action.name);
    return [bound.decide(context), bound.path(context)];
  };
  const rich = { op: '>=', left: { field: 'balance' }, right: value(700) };
  const poor = { op: '<', left: { field: 'balance' }, right: value(700) };

  it.each<[JsonObject, string]>([
    [rich, 'Release'],
    [poor, 'Hold'],
    [{ op: 'and', conditions: [rich, poor] }, 'Hold'],
    [{ op: 'or', conditions: [poor, rich] }, 'Release'],
    [{ op: 'not', condition: poor }, 'Release'],
    [{ op: '==', left: { field: 'balance' }, right: value(700) }, 'Release'],
    [{ op: '!=', left: { field: 'balance' }, right: value(700) }, 'Hold'],
    [{ op: '<=', left: { field: 'balance' }, right: value(699) }, 'Hold'],
  ])('%j decides %s', (condition, action) => {
    expect(decide(condition, world)[0]).toBe(action);
  });

  it('names the way to a decision', () => {
    expect(decide(poor, world)[1]).toBe('N1(false) → N3(true) → A4');
    expect(decide(poor, { ...world, priority: 1 })[1]).toBe('N1(false) → N3(false) → A5');
    expect(decide(rich, world)[1]).toBe('N1(true) → A2');
  });
});
