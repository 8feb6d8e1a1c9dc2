import { expect, it } from 'vitest';

import { withoutCredentials } from '../lib/address.ts';
import { readAddress } from './readAddress.ts';

it.each([
  ['s3://runs/2026/a b.db', 'https://runs.s3.amazonaws.com/2026/a%20b.db'],
  ['s3://runs.eu/a.db', 'https://s3.amazonaws.com/runs.eu/a.db'],
  ['gs://runs/a.db', 'https://storage.googleapis.com/runs/a.db'],
  ['hf://datasets/me/runs/data/a.db', 'https://huggingface.co/datasets/me/runs/resolve/main/data/a.db'],
  ['hf://datasets/me/runs@v2/a.db', 'https://huggingface.co/datasets/me/runs/resolve/v2/a.db'],
  ['abfss://box@owner.dfs.core.windows.net/a.db', 'https://owner.blob.core.windows.net/box/a.db'],
  ['az://owner.blob.core.windows.net/box/a.db', 'https://owner.blob.core.windows.net/box/a.db'],
  ['https://gitlab.com/me/runs/-/blob/main/a.db', 'https://gitlab.com/me/runs/-/raw/main/a.db'],
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
  ['file:///C:/runs/x.db', 'npm start -- "C:/runs/x.db"'],
  ['results/x.db', 'npm start -- "results/x.db"'],
  ['~/x.db', 'npm start -- ~/"x.db"'],
])('%s is a path, which a page cannot read', (written, command) => {
  expect(readAddress(written)).toMatchObject({ kind: 'no', command });
});

it('a path that may as well be a host without its scheme says how to write one', () => {
  const why = (written: string): string => {
    const reading = readAddress(written);
    return reading?.kind === 'no' ? reading.why : '';
  };
  expect(why('lab/x.db')).toContain('unless lab is a web server: then write http:// or https:// before it');
  expect(why('x.db')).toMatch(/^This is a path on a machine\./);
});

it.each(['ftp://host/x.db', 's3://bucket', 'az://box/a.db', 'me@host:/x.db', 'http://', 'nonsense'])(
  '%s cannot be read',
  (written) => {
    expect(readAddress(written)).toMatchObject({ kind: 'no' });
  },
);

it('a password goes, everything else of an address stays', () => {
  expect(withoutCredentials('https://u:p@h.org/a.db?x=1')).toBe('https://h.org/a.db?x=1');
  expect(withoutCredentials('sample')).toBe('sample');
  expect(readAddress('  ')).toBeUndefined();
});

it('several addresses pasted at once are several, also where the box dropped the ends of lines', () => {
  const urls = ['https://a.org/x.db', 'https://b.org/y.db'];
  for (const between of [' ', '\n', ', ', '']) {
    expect(readAddress(urls.join(between))).toEqual({ kind: 'several', urls });
  }
  expect(readAddress('\u201chttps://a.org/x.db\u201d')).toEqual({ kind: 'url', url: 'https://a.org/x.db' });
});

it.each([
  ['https://www.dropbox.com/s/abc/x.db?dl=0', 'Dropbox'],
  ['https://drive.google.com/file/d/1/view', 'Google Drive'],
])('%s leads to a page', (written, who) => {
  const reading = readAddress(written);
  expect(reading).toMatchObject({ kind: 'no' });
  expect(JSON.stringify(reading)).toContain(`${who} leads to a web page`);
});
