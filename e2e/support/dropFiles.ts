import { resolve } from 'node:path';

import type { Page } from '@playwright/test';

/** Drops files of the disk on the page as a person does: the browser opens them itself, whatever their size. */
export async function dropFiles(page: Page, paths: readonly string[]): Promise<void> {
  const size = page.viewportSize();
  const [x, y] = [(size?.width ?? 800) / 2, (size?.height ?? 600) / 2];
  const copyOperation = 1;
  const data = {
    items: [],
    files: paths.map((path) => resolve(path)),
    dragOperationsMask: copyOperation,
  };
  const session = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x, y, data });
  }
  await session.detach();
}
