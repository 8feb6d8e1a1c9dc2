import { describe, expect, it } from 'vitest';

import { canonicalJson, parseJson } from './json.ts';

const value = (text: string): unknown => {
  const parsed = parseJson(text);
  return parsed.ok ? parsed.value : parsed.error;
};

describe('JSON text from a file', () => {
  it('keeps every digit of an integer beyond 2^53 (design.md 1, Money)', () => {
    expect(value('{"BANK_A": 9007199254740993, "BANK_B": 5000}')).toEqual({
      BANK_A: 9007199254740993n,
      BANK_B: 5000,
    });
  });

  it("reads Python's NaN and Infinity as words, outside strings only (domain.md 11.14)", () => {
    expect(value('{"a": NaN, "b": -Infinity, "c": "NaN: Infinity \\" NaN"}')).toEqual({
      a: 'NaN',
      b: '-Infinity',
      c: 'NaN: Infinity " NaN',
    });
  });

  it('refuses what is nested deeper than anything can walk through; brackets in texts are none', () => {
    const lists = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(value(lists(100_000))).toBe('it is nested more than 1000 deep');
    expect(parseJson(lists(1000)).ok).toBe(true);
    expect(value(`{"a\\"": "${'['.repeat(5000)}", "b": [1]}`)).toMatchObject({ b: [1] });
  });

  it('reports what is wrong with text that is not JSON', () => {
    expect(parseJson('{"a": ').ok).toBe(false);
  });

  it('compares by value: key order and the writing of numbers do not matter, the order of lists does', () => {
    const canonical = (text: string): string => {
      const parsed = parseJson(text);
      return parsed.ok ? canonicalJson(parsed.value) : '';
    };
    expect(canonical('{"b": [1, 2.50], "a": {"y": null, "x": true}}')).toBe(
      canonical('{ "a": {"x": true, "y": null}, "b": [1.0, 2.5] }'),
    );
    expect(canonical('[1, 2]')).not.toBe(canonical('[2, 1]'));
  });
});
