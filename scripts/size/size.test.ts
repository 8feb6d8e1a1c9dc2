import { describe, expect, it } from 'vitest';

import { engineProblem, foreignAddresses } from './checkPage.ts';
import { staticFiles } from './staticScripts.ts';

describe('staticFiles', () => {
  it('follows static imports once, with their styles, and not those on demand', () => {
    const files = staticFiles({
      'index.html': {
        file: 'assets/index.js',
        isEntry: true,
        imports: ['_react.js', '_ui.js'],
        css: ['assets/index.css'],
      },
      '_react.js': { file: 'assets/react.js' },
      '_ui.js': { file: 'assets/ui.js', imports: ['_react.js', 'index.html'] },
      'src/views/sql.tsx': { file: 'assets/sql.js', imports: ['_react.js'] },
    });
    expect(files).toEqual(['assets/index.js', 'assets/index.css', 'assets/react.js', 'assets/ui.js']);
  });

  it('refuses a manifest that is not whole', () => {
    expect(() => staticFiles({})).toThrow('no entry');
    expect(() => staticFiles({ a: { file: 'a.js', isEntry: true, imports: ['b'] } })).toThrow('names b');
  });
});

describe('foreignAddresses', () => {
  it.each([
    ['<script src="https://cdn.example/a.js">', 'https://cdn.example/a.js'],
    ["<link href = '//fonts.example/css'>", '//fonts.example/css'],
    ['<img SRC=http://a.example/b.png>', 'http://a.example/b.png'],
  ])('sees %s', (html, address) => {
    expect(foreignAddresses(html)).toEqual([address]);
  });

  it('passes what is relative', () => {
    expect(
      foreignAddresses('<script src="./assets/a.js"></script><a href="#/x?db=https://a.example/b.db">'),
    ).toEqual([]);
  });
});

describe('engineProblem', () => {
  it('wants one file with a hash', () => {
    expect(engineProblem(['assets/duckdb-eh-Ab_3-xY9.wasm', 'index.html'])).toBeUndefined();
    expect(engineProblem(['index.html'])).toContain('found 0');
    expect(engineProblem(['assets/a-12345678.wasm', 'assets/b-12345678.wasm'])).toContain('found 2');
    expect(engineProblem(['assets/duckdb.wasm'])).toContain('no hash');
  });
});
