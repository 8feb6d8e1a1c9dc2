import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { test } from '@playwright/test';

import { repositoryFolder } from '../../scripts/paths.ts';

/** Path of a real experiment file beside the repository; where it is absent the running test is skipped, saying so. */
export function realFile(name: string): string {
  const path = join(repositoryFolder, '..', 'shared', 'data', name);
  test.skip(!existsSync(path), `../shared/data/${name} is not here`);
  return path;
}
