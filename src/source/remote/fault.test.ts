import { expect, it } from 'vitest';

import { faultOf, isOtherState, isWebPage, stateOf, type FileState, type HeaderOf } from './fault.ts';

const headers =
  (values: Readonly<Record<string, string>>): HeaderOf =>
  (name) =>
    values[name];
const opened: FileState = { etag: '"a"', lastModified: 'Mon', sizeBytes: 1000 };
const range = { 'content-range': 'bytes 0-99/1000', etag: '"a"' };
const start = new Uint8Array([0, 1, 2]);

it.each([
  ['a range of the same state', 206, range, 100, undefined],
  ['a range whose length is hidden', 206, {}, 100, undefined],
  ['another tag', 206, { etag: '"b"' }, 100, 'changed'],
  ['the same tag, weakened by a proxy', 206, { etag: 'W/"a"' }, 100, undefined],
  ['another time', 206, { 'last-modified': 'Tue' }, 100, 'changed'],
  ['another size', 206, { 'content-range': 'bytes 0-99/1200' }, 100, 'changed'],
  ['a range behind the end', 416, {}, 0, 'changed'],
  ['an expired address', 403, {}, 20, 'status'],
  ['a sign-in page', 200, { 'content-type': 'text/html; charset=utf-8' }, 100, 'web-page'],
  ['all of it', 200, { etag: '"a"' }, 1000, 'no-range'],
  ['all of another state', 200, { etag: '"b"' }, 1000, 'changed'],
  ['a compressed range', 206, { 'content-encoding': 'gzip' }, 100, 'compressed'],
  ['fewer bytes than asked for', 206, range, 60, 'short'],
])('%s: status %i', (_, status, values, receivedBytes, kind) => {
  const fault = faultOf({ status, header: headers(values), receivedBytes, start }, 100, opened);
  expect(fault?.kind).toBe(kind);
});

it('what a host does not tell is no difference', () => {
  const unknown = stateOf(headers({}));
  expect(unknown).toEqual({ etag: undefined, lastModified: undefined, sizeBytes: undefined });
  expect(isOtherState(opened, unknown)).toBe(false);
});

it('knows a page by its type or by its first words', () => {
  const text = (words: string) => new TextEncoder().encode(words);
  expect(isWebPage('application/xhtml+xml', start)).toBe(true);
  expect(isWebPage('application/octet-stream', text('\n <!DOCTYPE html><title>Sign in'))).toBe(true);
  expect(isWebPage('text/plain', text('not found'))).toBe(false);
});
