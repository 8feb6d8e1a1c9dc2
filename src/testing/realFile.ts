import { existsSync } from 'node:fs';
import path from 'node:path';

import { describe, test } from 'vitest';

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

/** A test over several real files; where one of them is absent it is skipped and the title says so. */
export function testRealFiles(
  names: readonly string[],
  title: string,
  body: (...files: readonly string[]) => Promise<void>,
): void {
  const files = names.flatMap((name) => realFile(name) ?? []);
  const isHere = files.length === names.length;
  const why = isHere ? '' : ` (skipped: not all in ${path.join('..', 'shared', 'data')})`;
  test.skipIf(!isHere)(`${names.join(', ')}: ${title}${why}`, () => body(...files));
}
