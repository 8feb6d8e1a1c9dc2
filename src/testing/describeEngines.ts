import { afterAll, afterEach, beforeAll, describe } from 'vitest';

import { openNativeEngine } from '../engine/node/nativeEngine.ts';
import { bootBlockingEngine } from '../engine/wasm/blockingEngine.ts';
import type { Engine } from '../engine/engine.ts';
import { trusted } from '../lib/sql.ts';
import { dropStatements } from '../schema/ddl.ts';
import { tables } from '../schema/tables.ts';

/**
 * The same tests on native DuckDB and on the browser's WASM build. One engine serves all tests of the block,
 * as booting takes seconds; the tables of the unified schema are dropped after each test.
 */
export function describeEngines(title: string, body: (engine: () => Engine) => void): void {
  describe.each([
    ['native', () => openNativeEngine()],
    ['WASM', () => bootBlockingEngine()],
  ])(`${title} (%s)`, (_name, open: () => Promise<Engine>) => {
    let engine: Engine | undefined;
    const current = (): Engine => {
      if (engine === undefined) throw new Error('the engine is not open');
      return engine;
    };
    beforeAll(async () => {
      engine = await open();
    });
    afterEach(async () => {
      for (const statement of dropStatements(tables)) await current().query(trusted(statement));
    });
    afterAll(() => engine?.close());
    body(current);
  });
}
