import fc from 'fast-check';
import { expect, test } from 'vitest';

import { canonicalJson, parseJson, type Json } from '../../lib/json.ts';
import { memberTexts, parsePolicies, parsePolicy, samePolicy } from './policyJson.ts';
import { numericParameters } from './parameters.ts';

const jsonObject = fc.dictionary(
  fc.string(),
  fc.jsonValue({ maxDepth: 4 }).map((value) => value as Json),
);

test('a policy is an object; anything else is refused with a reason', () => {
  expect(parsePolicy('{"version": "2.0"}')).toEqual({ ok: true, value: { version: '2.0' } });
  expect(parsePolicy('[1]')).toEqual({ ok: false, error: 'the text is not a JSON object' });
  expect(parsePolicy('{"version": ').ok).toBe(false);
});

test('policies keep the order and the names of the text, two agents or more (11.21)', () => {
  const parsed = parsePolicies('{"Z\\u00e4h": {"a": 1}, "B": {}, "BANK_7": null}');
  expect(parsed.ok && [...parsed.value.keys()]).toEqual(['Zäh', 'B', 'BANK_7']);
});

test('parameters are an open map of numbers; others are left out (11.19, 11.14)', () => {
  const parsed = parsePolicy(
    '{"parameters": {"initial_liquidity_fraction": 0.25, "patience": 3, "on": true, "word": "x", "bad": NaN, "none": null}}',
  );
  expect(parsed.ok && [...numericParameters(parsed.value)]).toEqual([
    ['initial_liquidity_fraction', 0.25],
    ['patience', 3],
  ]);
});

test('initial_liquidity_fraction may stand at the top level of odd policies (11.19)', () => {
  expect([...numericParameters({ initial_liquidity_fraction: 0.3, other: 1 })]).toEqual([
    ['initial_liquidity_fraction', 0.3],
  ]);
  const both = { initial_liquidity_fraction: 0.3, parameters: { initial_liquidity_fraction: 0.2 } };
  expect(numericParameters(both).get('initial_liquidity_fraction')).toBe(0.2);
  expect(numericParameters({}).size).toBe(0);
  expect(numericParameters(undefined).size).toBe(0);
});

test('policies are compared as JSON values, the order of keys ignored (9.4)', () => {
  expect(samePolicy({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 })).toBe(true);
  expect(samePolicy({ b: [1, 2] }, { b: [2, 1] })).toBe(false);
  expect(samePolicy({ a: 1 }, { a: 1, b: 1 })).toBe(false);
  expect(samePolicy({ a: {} }, { a: [] })).toBe(false);
  expect(samePolicy({ toString: 1 }, { valueOf: 1 })).toBe(false);
  expect(samePolicy(9007199254740993n, 9007199254740993n)).toBe(true);
  expect(samePolicy(undefined, null)).toBe(false);
});

test('comparing agrees with comparing canonical texts', () => {
  fc.assert(
    fc.property(jsonObject, jsonObject, (a, b) => {
      expect(samePolicy(a, b)).toBe(canonicalJson(a) === canonicalJson(b));
      const reversed = Object.fromEntries(Object.entries(a).reverse());
      expect(samePolicy(a, reversed)).toBe(true);
    }),
  );
});

test('a member keeps its text: number formats, key order, brackets and quotes inside strings', () => {
  const text = '{ "A\\"1" : {"p": 0.50, "s": "}, \\"B\\": {"}, "B":[1, {"x": 2}] ,"C": 12345678901234567890}';
  expect([...memberTexts(text)]).toEqual([
    ['A"1', '{"p": 0.50, "s": "}, \\"B\\": {"}'],
    ['B', '[1, {"x": 2}]'],
    ['C', '12345678901234567890'],
  ]);
  expect(memberTexts('{}').size).toBe(0);
  expect(memberTexts('[{"a": 1}]').size).toBe(0);
});

test('member texts parse to the members of the whole', () => {
  fc.assert(
    fc.property(jsonObject, fc.boolean(), (object, wide) => {
      const members = memberTexts(JSON.stringify(object, undefined, wide ? 2 : undefined));
      const parsed = [...members].map(([key, text]) => [key, parseJson(text)]);
      const expected = Object.entries(object).map(([key, value]) => [key, parseJson(JSON.stringify(value))]);
      expect(parsed).toEqual(expected);
    }),
  );
});

test('a policy of 20,000 levels is compared and written', () => {
  const deep = (leaf: string): Json => {
    let node: Json = { action: leaf };
    for (let level = 0; level < 20_000; level += 1) node = { on_true: [node], node_id: level };
    return node;
  };
  expect(samePolicy(deep('Hold'), deep('Hold'))).toBe(true);
  expect(samePolicy(deep('Hold'), deep('Release'))).toBe(false);
  const text = canonicalJson(deep('Hold'));
  expect(text.startsWith('{"node_id":19999,"on_true":[{"node_id":19998,"on_true":[{')).toBe(true);
  expect(text).toContain('{"node_id":0,"on_true":[{"action":"Hold"}]}]}');
  expect(text.match(/\]\}/g)).toHaveLength(20_000);
});

test('a canonical text reads as the value it was written from', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(canonicalJson(value as Json))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
