import { expect, it } from 'vitest';

import type { OpenFile } from '../../data/session/state.ts';
import { fileId } from '../../lib/ids.ts';
import { changedFiles, missingFiles } from './missingFiles.ts';

function open(name: string, linkToken: string): OpenFile {
  const source = { kind: 'file' as const, name, file: new File([], name), wal: undefined };
  return {
    fileId: fileId('f1'),
    source,
    name,
    sizeBytes: 0,
    leastBytes: 0,
    dialects: [],
    writerVersion: '',
    withWal: false,
    linkToken,
  };
}

it('names local files that a link asks for and nobody handed over; addresses are not among them', () => {
  const tokens = ['file:a~b.db~0123abcd', 'https://host/c.db', 'sample', 'file:broken'];
  expect(missingFiles(tokens, [])).toEqual([{ token: 'file:a~b.db~0123abcd', name: 'a~b.db' }]);
  expect(missingFiles(tokens, [open('a~b.db', 'file:a~b.db~ffffffff')])).toEqual([]);
});

it('tells when a file of that name holds something else than when the link was made', () => {
  const files = [open('a.db', 'file:a.db~ffffffff')];
  expect(changedFiles(['file:a.db~0123abcd'], files)).toEqual(['a.db']);
  expect(changedFiles(['file:a.db~ffffffff'], files)).toEqual([]);
});

it('keeps two files of one name apart: handing over one leaves the other missing', () => {
  const tokens = ['file:a.db~11111111', 'file:a.db~22222222'];
  const second = open('a.db', 'file:a.db~22222222');
  expect(missingFiles(tokens, [second])).toEqual([{ token: 'file:a.db~11111111', name: 'a.db' }]);
  expect(changedFiles(tokens, [second])).toEqual([]);
  const other = open('a.db', 'file:a.db~33333333');
  expect(missingFiles(tokens, [second, other])).toEqual([]);
  expect(changedFiles(tokens, [second, other])).toEqual(['a.db']);
});
