import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

import { describe, expect, it, onTestFinished } from 'vitest';

import { urlSource } from '../../source/source.ts';
import { hung } from './engineRefusals.ts';
import { refuseRead } from './remoteReads.ts';

/** A host on this machine, gone with the test. */
async function host(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/far.db`;
}

describe('a read of a remote file that failed without an answer', () => {
  const read = { name: 'f1.db', fault: { kind: 'no-answer' } } as const;

  it('is told by what the host answers when it is asked once more', async () => {
    const url = await host((_, response) => {
      response.writeHead(403);
      response.end('<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>');
    });
    const refusal = await refuseRead(urlSource(url), read, new AbortController().signal);
    expect([refusal.code, refusal.why]).toEqual(['fetch-failed', expect.stringContaining('expired')]);
  });

  it('is told without it where the host says nothing, and others need not wait for that', async () => {
    const url = await host(() => undefined);
    const refusal = await refuseRead(urlSource(url), read, new AbortController().signal);
    expect([refusal.code, refusal.why]).toEqual(['fetch-failed', expect.stringContaining('broke off')]);
  });

  it('is not told when nobody waits for it any more', async () => {
    const url = await host(() => undefined);
    const stopped = AbortSignal.abort();
    await expect(refuseRead(urlSource(url), read, stopped)).rejects.toThrow('abort');
  });
});

it('a file that the engine does not come back from is neither called damaged nor the engine crashed', () => {
  const file = { kind: 'file', name: 'slow.db', file: new File([], 'slow.db'), wal: undefined } as const;
  for (const source of [file, urlSource('https://host.example/slow.db')]) {
    const { code, what, why } = hung(source, 'reading its structure', 20);
    expect([code, what]).toEqual(['interrupted', `${source.name} timed out after 20 s.`]);
    expect(why).toMatch(/had not come back from reading its structure\. Why is not known/);
    expect(why).not.toMatch(/damage/);
  }
});
