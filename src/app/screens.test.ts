import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { fileFields, type Fields } from '../url/fields.ts';
import { formatSearch, parseSearch, readQuery } from '../url/search.ts';
import { screens } from './screens.ts';

const namesIn = (path: string) => [...path.matchAll(/\$(\w+)/g)].map(([, name]) => name);
const all = screens.map((screen) => [screen.path, screen] as const);

/** Cells of the rows of the documented table whose first heading is this. */
async function documented(heading: string): Promise<readonly (readonly string[])[]> {
  const text = await readFile(join(import.meta.dirname, '../../docs/url-format.md'), 'utf8');
  const lines = text.split('\n');
  const from = lines.findIndex((line) => line.startsWith(`| ${heading} `)) + 2;
  const to = lines.findIndex((line, i) => i >= from && !line.startsWith('|'));
  return lines.slice(from, to).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const codesIn = (cell = '') => [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code);

describe('every screen', () => {
  it('has an address of its own', () => {
    expect(new Set(screens.map(({ path }) => path)).size).toBe(screens.length);
  });

  it.each(all)('%s has search fields that nothing else in its address is called', (path, { fields }) => {
    const names = Object.keys(fields);
    const taken = [...Object.keys(fileFields), 'v', ...namesIn(path)];
    expect(names.filter((name) => taken.includes(name))).toEqual([]);
  });

  it.each(all)('%s stands under a screen of the bar, or under none', (_, { under }) => {
    if (under !== undefined) expect(screens.find(({ path }) => path === under)?.navigation).toBeDefined();
  });

  it.each(all)('%s comes back from an address as it went in', (_, { fields }) => {
    fc.assert(
      fc.property(searchOf(fields), (search) => {
        expect(parseSearch(fields, readQuery(formatSearch(search)).raw)).toEqual({ search, problems: [] });
      }),
    );
  });

  it('gives a letter one meaning, whichever screen is open', () => {
    const inBar = screens.flatMap(({ navigation }) => navigation?.key ?? []);
    const onScreens = screens.flatMap(({ keys }) => keys?.keys.flatMap((help) => help.keys) ?? []);
    // Arrows, Enter, Space, Home and End move and open everywhere; brackets go to the previous and next of a kind.
    const letters = ['?', 'o', ...inBar, ...onScreens.filter((key) => /^[a-z?]$/i.test(key))];
    expect(letters.toSorted()).toEqual([...new Set(letters)].toSorted());
  });
});

describe('docs/url-format.md', () => {
  it('lists every address', async () => {
    const addresses = (await documented('Address')).flatMap(([address]) => codesIn(address));
    expect(new Set(addresses)).toEqual(
      new Set(screens.map(({ path }) => `#${path.replace(/\$(\w+)/g, '{$1}')}`)),
    );
  });

  it('says of every field which screens use it, and every word that it takes', async () => {
    const used: string[] = [];
    for (const [names, values, users = ''] of await documented('Field')) {
      for (const field of codesIn(names)) {
        if (field === 'v') continue;
        for (const user of users.split(';').flatMap((part) => part.replace(/:.*/, '').split(',')))
          used.push(`${field} ${user.trim()}`);
        for (const schema of screens.flatMap(({ fields }) => (fields as Fields)[field ?? ''] ?? []))
          if (schema instanceof z.ZodEnum) expect(codesIn(values), field).toEqual(schema.options);
      }
    }
    const declared = screens.flatMap(({ name, fields }) =>
      Object.keys(fields).map((field) => `${field} ${name}`),
    );
    expect(new Set(used)).toEqual(new Set([...declared, 'db every screen']));
  });
});

/** Any search that a screen may be asked for. */
function searchOf(fields: Fields): fc.Arbitrary<Record<string, unknown>> {
  const values = Object.entries({ ...fileFields, ...fields }).map(([field, schema]) => [
    field,
    valueOf(schema),
  ]);
  return fc.record(Object.fromEntries(values) as Record<string, fc.Arbitrary<unknown>>, { requiredKeys: [] });
}

function valueOf(schema: unknown): fc.Arbitrary<unknown> {
  if (schema instanceof z.ZodArray) return fc.array(valueOf(schema.element), { minLength: 1, maxLength: 3 });
  if (schema instanceof z.ZodUnion) return fc.oneof(...schema.options.map(valueOf));
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options);
  if (schema instanceof z.ZodLiteral) return fc.constantFrom(...schema.values);
  if (schema instanceof z.ZodNumber) {
    const { minValue, maxValue, format } = schema;
    const range = { min: minValue ?? 0, max: maxValue ?? 1 };
    return format === 'safeint'
      ? fc.integer(range)
      : fc.double({ ...range, noNaN: true }).map((value) => value + 0);
  }
  if (!(schema instanceof z.ZodString)) throw new Error('a kind of field that this test cannot make up');
  const pattern = schema.def.checks
    ?.map(({ _zod }) => _zod.def as { pattern?: RegExp })
    .find((def) => def.pattern !== undefined)?.pattern;
  return pattern === undefined
    ? fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' })
    : fc.stringMatching(pattern).filter((text) => schema.safeParse(text).success);
}
