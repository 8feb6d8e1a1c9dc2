import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

/** Each `--name: light-dark(#..., #...)` of tokens.css, by name. */
function readTokens(): Map<string, readonly [light: string, dark: string]> {
  const css = readFileSync(path.join(import.meta.dirname, 'tokens.css'), 'utf8');
  const found = css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g);
  return new Map([...found].map(([, name = '', light = '', dark = '']) => [name, [light, dark] as const]));
}

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const tokens = readTokens();
function token(name: string, theme: 0 | 1): string {
  const pair = tokens.get(name);
  if (pair === undefined) throw new Error(`no token --${name}`);
  return pair[theme];
}

const papers = ['bg', 'surface', 'hover'];
const inks = ['ink', 'ink-2', 'ink-3', 'accent', 'accepted', 'rejected', 'invalid', 'warning'];
const agents = [1, 2, 3, 4, 5, 6, 7, 8].map((number) => `agent-${number}`);
const pairs: readonly (readonly [ink: string, paper: string, least: number])[] = [
  ...inks.flatMap((ink) => [...papers, 'sunken', 'accent-bg'].map((paper) => [ink, paper, 4.5] as const)),
  ...agents.flatMap((ink) => [...papers, 'sunken'].map((paper) => [ink, paper, 4.5] as const)),
  ...agents.map((ink) => [ink, 'accent-bg', 3] as const),
  ...['accepted', 'rejected', 'warning'].map((ink) => [ink, `${ink}-bg`, 4.5] as const),
  ...['accepted-bg', 'rejected-bg', 'warning-bg'].map((paper) => ['ink-2', paper, 4.5] as const),
  ...[1, 2, 3, 4, 5, 6].flatMap((place) => papers.map((paper) => [`x-${place}`, paper, 4.5] as const)),
  ['accent-ink', 'accent', 4.5],
  ['accent-ink', 'accent-hover', 4.5],
  ['line-3', 'surface', 3],
  ['line-3', 'bg', 3],
  ['focus', 'bg', 3],
  ['focus', 'surface', 3],
];

test.each([
  ['light', 0],
  ['dark', 1],
] as const)('contrast in the %s theme', (_, theme) => {
  const tooLow = pairs
    .map(([ink, paper, least]) => ({
      ink,
      paper,
      least,
      is: contrast(token(ink, theme), token(paper, theme)),
    }))
    .filter(({ is, least }) => is < least)
    .map(({ ink, paper, least, is }) => `--${ink} on --${paper}: ${is.toFixed(2)} < ${least}`);
  expect(tooLow).toEqual([]);
});

const source = path.join(import.meta.dirname, '..');
const sheets = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.css') && !/(tokens|fonts)\.css$/.test(file))
  .map((file) => ({
    file,
    css: readFileSync(path.join(source, file), 'utf8').replace(/\/\*[^]*?\*\//g, ''),
  }));
const tokenSheet = readFileSync(path.join(import.meta.dirname, 'tokens.css'), 'utf8');

/** Declarations that spell out what has a name in tokens.css. */
const literal = [
  /font-weight: \d+/g,
  /font-size: [\d.]+px/g,
  /1px solid var\(--line/g,
  /2px solid var\(--focus\)/g,
  /(?:padding|margin|gap|inset)[a-z-]*: [^;}]*(?<![\w.])(?:2|4|6|8|10|12|16|24|32)px/g,
];

test('weights, sizes of text, distances and edges are tokens', () => {
  const found = sheets.flatMap(({ file, css }) =>
    literal.flatMap((pattern) => [...css.matchAll(pattern)].map(([text]) => `${file}: ${text}`)),
  );
  expect(found).toEqual([]);
});

test('each token that is used is defined, and the other way round', () => {
  const code = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|tsx)$/.test(file))
    .map((file) => readFileSync(path.join(source, file), 'utf8'));
  const used = [...sheets.map(({ css }) => css), ...code, tokenSheet].join('\n');
  const defined = [...tokenSheet.matchAll(/^ {2}--([\w-]+):/gm)].map(([, name]) => name);
  expect(defined.filter((name) => name !== undefined && !isUsed(used, name))).toEqual([]);
  const inSheets = sheets.flatMap(({ file, css }) =>
    [...css.matchAll(/var\(--([\w-]+)/g)].flatMap(([, name = '']) =>
      defined.includes(name) ||
      [...code, css].some((text) => text.includes(`--${name}'`) || text.includes(`--${name}:`))
        ? []
        : [`${file}: --${name}`],
    ),
  );
  expect(inSheets).toEqual([]);
});

/** The colours of agents and of compared experiments are counted through, not named one by one. */
const isUsed = (text: string, name: string): boolean =>
  /^(?:agent|x)-\d$/.test(name) || text.includes(`var(--${name})`);

test('no rule of five or more declarations is written twice', () => {
  const places = new Map<string, string[]>();
  for (const { file, css } of sheets) {
    for (const [, selector = '', body = ''] of css.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
      const declarations = body
        .split(';')
        .map((part) => part.trim())
        .filter((part) => part !== '');
      if (declarations.length < 5) continue;
      const key = declarations.sort().join('; ');
      places.set(key, [...(places.get(key) ?? []), `${file} ${selector.trim()}`]);
    }
  }
  expect([...places.values()].filter((found) => found.length > 1)).toEqual([]);
});

/** A module is typed as if it had every class: one that is gone leaves words without their style. */
test('each class that a component takes from its style sheet stands there', () => {
  const components = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /(?<!\.test)\.tsx?$/.test(name),
  );
  let uses = 0;
  const missing = components.flatMap((name) => {
    const file = path.join(source, name);
    const text = readFileSync(file, 'utf8');
    const sheets = [...text.matchAll(/^import (\w+) from '([^']+\.module\.css)';$/gm)];
    const code = text.replaceAll(/^import .*$/gm, '');
    return sheets.flatMap(([, local = '', sheet = '']) => {
      const css = readFileSync(path.join(path.dirname(file), sheet), 'utf8');
      const classes = new Set([...css.matchAll(/\.([A-Za-z][\w-]*)/g)].map(([, found]) => found));
      const used = [...code.matchAll(new RegExp(`\\b${local}\\.(\\w+)`, 'g'))].map(([, found]) => found);
      uses += used.length;
      return used.filter((each) => !classes.has(each)).map((each) => `${name}: ${each ?? ''}`);
    });
  });
  expect(uses).toBeGreaterThan(500);
  expect(missing).toEqual([]);
});
