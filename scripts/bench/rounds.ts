/** The rounds of the benchmark: in each, the engine alone and the app do the same on the same file. */
import type { Browser } from '@playwright/test';

import { startServer, type Served } from '../serve/server.ts';
import { databaseFile, shareFiles } from '../serve/sharedFiles.ts';
import { startAddress } from '../serve/startAddress.ts';
import {
  closePage,
  finalAtMs,
  longestTaskMs,
  openPage,
  pickMs,
  remoteListMs,
  showExperimentMs,
} from './drive.ts';

/** What one page, the engine alone or the app, did in one round. */
export interface PageRound {
  readonly bootMs: number;
  readonly pickMs: number;
  /** Of the page's own thread, from the choice of the file to the final list. */
  readonly longestTaskMs: number;
  readonly remoteMs: number;
  readonly remoteBytes: number;
  readonly remoteRequests: number;
}

export interface MeasuredBuild {
  readonly name: 'engine alone' | 'app';
  /** The folder with its production build. */
  readonly root: string;
}

export async function measureRound(
  browser: Browser,
  subject: MeasuredBuild,
  path: string,
): Promise<PageRound> {
  const files = await shareFiles([databaseFile(path)]);
  const served: Served[] = [];
  const server = await startServer({ root: subject.root, files, onServed: (entry) => served.push(entry) });
  try {
    const local = await openPage(browser, `${server.origin}/`);
    const bootMs = await finalAtMs(local);
    const pickedMs = await pickMs(local, path);
    const listTaskMs = await longestTaskMs(local);
    await closePage(local);

    const file = files.addresses[0] ?? '';
    const link =
      subject.name === 'app'
        ? startAddress(server.origin, files.addresses)
        : `${server.origin}/#db=${encodeURIComponent(server.origin + file)}`;
    const remote = await openPage(browser, link);
    const remoteMs = await remoteListMs(remote);
    await closePage(remote);
    const ofFile = served.filter(({ pathname }) => pathname === file);
    return {
      bootMs,
      pickMs: pickedMs,
      longestTaskMs: listTaskMs,
      remoteMs,
      remoteBytes: ofFile.reduce((sum, { bytes }) => sum + bytes, 0),
      remoteRequests: ofFile.length,
    };
  } finally {
    await server.close();
  }
}

/** How long it took, and the longest task of the page's own thread meanwhile. */
export interface LongRound {
  readonly figureMs: number;
  readonly longestTaskMs: number;
}

/** From the choice of a file with one long experiment to its final figure, in the app. */
export async function measureLongExperiment(
  browser: Browser,
  root: string,
  path: string,
  experimentId: string,
): Promise<LongRound> {
  const server = await startServer({ root });
  try {
    const page = await openPage(browser, `${server.origin}/`);
    const listMs = await pickMs(page, path);
    const figureMs = await showExperimentMs(page, experimentId);
    const taskMs = await longestTaskMs(page);
    await closePage(page);
    return { figureMs: listMs + figureMs, longestTaskMs: taskMs };
  } finally {
    await server.close();
  }
}
