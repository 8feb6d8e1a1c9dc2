import { expect, it } from 'vitest';

import type { OpenFile } from '../../data/session/state.ts';
import { fileId } from '../../lib/ids.ts';
import { askForList } from './listQuestions.ts';

function asked(kind: 'file' | 'url', leastBytes: number): readonly unknown[] {
  const source = kind === 'file' ? { kind } : { kind, sample: false };
  const names: unknown[] = [];
  const open = { fileId: fileId('f1'), source, leastBytes, dialects: ['B'] } as unknown as OpenFile;
  askForList(open, ({ key }) => names.push(key[0]));
  return names;
}

it('what the list asks about a file is asked ahead; what is read from a host not before its first rows', () => {
  expect(asked('file', 1_000_000)).toEqual(['experimentList', 'listDetails', 'dayCosts', 'runList']);
  expect(asked('file', 1_000_000_000)).toEqual(['experimentList', 'listDetailsCheap', 'dayCosts', 'runList']);
  expect(asked('url', 1_000_000)).toEqual(['experimentList']);
  expect(asked('url', 1_000_000_000)).toEqual(['experimentList']);
});
