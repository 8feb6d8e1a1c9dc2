import { expect, it } from 'vitest';

import { RangeReader, type Answer } from './remoteRequests.ts';

const file = {
  url: 'https://host/a.db',
  readableBytes: 1000,
  blockBytes: 262_144,
  state: { etag: '"a"', lastModified: undefined, sizeBytes: 1000 },
  pieces: [
    { first: 0, bytes: new Uint8Array([7, 8, 9]) },
    { first: 500, bytes: new Uint8Array([1, 2, 3, 4]) },
  ],
};

/** A host that gives these answers in turn, and what it was asked. */
function reader(...answers: readonly Answer[]) {
  const asked: string[] = [];
  const left = [...answers];
  const ask = (_url: string, range: string): Answer => {
    asked.push(range);
    return left.shift() ?? { missing: 'no answer' };
  };
  return { asked, reader: new RangeReader(file, ask) };
}

const part = (bytes: number, etag = '"a"'): Answer => ({
  status: 206,
  header: (name) => (name === 'etag' ? etag : undefined),
  body: new Uint8Array(bytes),
});
const status = (code: number): Answer => ({
  status: code,
  header: () => undefined,
  body: new Uint8Array(),
});

it('what has been read already is not asked for again', () => {
  const host = reader(part(4));
  expect(host.reader.read(1, 2)).toEqual({ ok: true, bytes: new Uint8Array([8, 9]) });
  expect(host.reader.read(501, 503)).toEqual({ ok: true, bytes: new Uint8Array([2, 3, 4]) });
  expect(host.asked).toEqual([]);
  expect(host.reader.read(100, 103).ok).toBe(true);
  expect(host.asked).toEqual(['bytes=100-103']);
});

it('a busy host and a broken connection are asked once more', () => {
  expect(reader(status(503), part(4)).reader.read(100, 103).ok).toBe(true);
  expect(reader({ missing: 'no answer' }, part(4)).reader.read(100, 103).ok).toBe(true);
});

it('after a read that failed, no other is tried', () => {
  const host = reader(part(4, '"b"'), part(4));
  const changed = { ok: false, fault: { kind: 'changed' } };
  expect([host.reader.read(100, 103), host.reader.read(200, 203)]).toEqual([changed, changed]);
  expect(host.asked).toEqual(['bytes=100-103']);
});

it('silence and refusals are not asked twice', () => {
  const silent = reader({ missing: 'time is up' });
  expect(silent.reader.read(100, 103)).toEqual({ ok: false, fault: { kind: 'silent', seconds: 10 } });
  const expired = reader(status(403));
  expect(expired.reader.read(100, 103)).toEqual({ ok: false, fault: { kind: 'status', status: 403 } });
  expect([silent.asked.length, expired.asked.length]).toEqual([1, 1]);
});
