import { existsSync } from 'node:fs';
import path from 'node:path';

import { describe } from 'vitest';

const folder = path.resolve(import.meta.dirname, '../../../shared/data');

/** Path of a real experiment file beside the repository, or undefined where there is none. */
export function realFile(name: string): string | undefined {
  const file = path.join(folder, name);
  return existsSync(file) ? file : undefined;
}

/** A `describe` over one real file; where the file is absent it is skipped and the title says so. */
export function describeRealFile(name: string, body: (file: string) => void): void {
  const file = realFile(name);
  if (file === undefined) {
    describe.skip(`${name} (skipped: ${path.join('..', 'shared', 'data', name)} is not here)`, () =>
      undefined);
  } else {
    describe(name, () => body(file));
  }
}
