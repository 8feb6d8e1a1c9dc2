import { expect, it } from 'vitest';

import { withoutCredentials } from '../lib/withoutCredentials.ts';
import { readAddress } from './readAddress.ts';

it.each([
  ['s3://runs/2026/a b.db', 'https://runs.s3.amazonaws.com/2026/a%20b.db'],
  ['s3://runs.eu/a.db', 'https://s3.amazonaws.com/runs.eu/a.db'],
  ['gs://runs/a.db', 'https://storage.googleapis.com/runs/a.db'],
  ['hf://datasets/me/runs/data/a.db', 'https://huggingface.co/datasets/me/runs/resolve/main/data/a.db'],
  ['hf://datasets/me/runs@v2/a.db', 'https://huggingface.co/datasets/me/runs/resolve/v2/a.db'],
  ['host.org/x.db', 'https://host.org/x.db'],
  ['localhost:8000/x.db', 'http://localhost:8000/x.db'],
  ['user:secret@host.org/x.db', 'https://host.org/x.db'],
  ['http://user:secret@host.org/x.db', 'http://host.org/x.db'],
  ['https://github.com/me/runs/blob/main/a.db', 'https://raw.githubusercontent.com/me/runs/main/a.db'],
  [
    'https://huggingface.co/datasets/me/r/blob/main/a.db',
    'https://huggingface.co/datasets/me/r/resolve/main/a.db',
  ],
])('%s: %s instead', (written, url) => {
  const reading = readAddress(written);
  expect(reading).toMatchObject({ kind: 'instead', url });
  expect(JSON.stringify(reading)).not.toContain('secret');
});

it.each(['https://host.org/x.db', 'http://127.0.0.1:9000/x.db?sig=1'])('%s is read as it is', (url) => {
  expect(readAddress(` ${url} `)).toEqual({ kind: 'url', url });
});

it.each([
  [String.raw`C:\runs\x.db`, String.raw`npm start -- "C:\runs\x.db"`],
  ['/home/me/my runs/x.db', 'npm start -- "/home/me/my runs/x.db"'],
  ['file:///home/x.db', 'npm start -- "/home/x.db"'],
  ['~/x.db', 'npm start -- ~/"x.db"'],
])('%s is a path, which a page cannot read', (written, command) => {
  expect(readAddress(written)).toMatchObject({ kind: 'no', command });
});

it.each(['ftp://host/x.db', 's3://bucket', 'x.db', 'http://', 'nonsense'])('%s cannot be read', (written) => {
  expect(readAddress(written)).toMatchObject({ kind: 'no' });
});

it('a password goes, everything else of an address stays', () => {
  expect(withoutCredentials('https://u:p@h.org/a.db?x=1')).toBe('https://h.org/a.db?x=1');
  expect(withoutCredentials('sample')).toBe('sample');
  expect(readAddress('  ')).toBeUndefined();
});
