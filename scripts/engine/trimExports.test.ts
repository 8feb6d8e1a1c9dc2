/** The engine of the build: the published one without the exports that only extensions could ask for. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { describe, expect, it } from 'vitest';

import { namedIn } from './engineExports.ts';
import { trimExports } from './trimExports.ts';

// (module (func (result i32) i32.const 7) (func (result i32) i32.const 9)
//   (export "kept" (func 1)) (export "other" (func 0)) (export "_under" (func 0)))
const small = Uint8Array.from([
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...[1, 5, 1, 0x60, 0, 1, 0x7f],
  ...[3, 3, 2, 0, 0],
  ...[7, 25, 3],
  ...[4, ...Buffer.from('kept'), 0, 1],
  ...[5, ...Buffer.from('other'), 0, 0],
  ...[6, ...Buffer.from('_under'), 0, 0],
  ...[10, 11, 2, 4, 0, 0x41, 7, 0x0b, 4, 0, 0x41, 9, 0x0b],
]);

const namesOf = (module: WebAssembly.Module): string[] =>
  WebAssembly.Module.exports(module).map(({ name }) => name);

describe('trimExports', () => {
  it('keeps what is wanted, and each export its function', () => {
    const module = new WebAssembly.Module(trimExports(small, (name) => name !== 'other'));
    const { exports } = new WebAssembly.Instance(module);
    expect(Object.keys(exports)).toEqual(['kept', '_under']);
    expect((exports.kept as () => number)()).toBe(9);
    expect((exports._under as () => number)()).toBe(7);
  });

  it('refuses what is cut short, and what exports nothing', () => {
    expect(() => trimExports(small.subarray(0, 40), () => true)).toThrow('cut short');
    expect(() => trimExports(small.subarray(0, 20), () => true)).toThrow('no export section');
  });

  it('leaves the published engine everything that its worker script names', () => {
    const path = createRequire(import.meta.url).resolve('@duckdb/duckdb-wasm/dist/duckdb-eh.wasm');
    const script = readFileSync(path.replace('duckdb-eh.wasm', 'duckdb-browser-eh.worker.js'), 'utf8');
    const published = readFileSync(path);
    const trimmed = trimExports(published, namedIn(script));
    const before = namesOf(new WebAssembly.Module(published));
    const after = new Set(namesOf(new WebAssembly.Module(trimmed)));
    expect(before.length).toBeGreaterThan(70_000);
    expect(after.size).toBeLessThan(1000);
    const asked = [
      ...Array.from(script.matchAll(/wasmExports\.([\w$]+)/g), ([, name = '']) => name),
      ...Array.from(script.matchAll(/"(duckdb_web_\w+)"/g), ([, name = '']) => name),
    ].filter((name) => before.includes(name));
    expect(new Set(asked).size).toBeGreaterThan(50);
    expect(asked.filter((name) => !after.has(name))).toEqual([]);
    // What the engine takes from its own exports, by the table that the linker calls GOT.
    const own = WebAssembly.Module.imports(new WebAssembly.Module(trimmed))
      .filter(({ module, name }) => module.startsWith('GOT.') && before.includes(name))
      .map(({ name }) => name);
    expect(own.filter((name) => !after.has(name))).toEqual([]);
  });
});
