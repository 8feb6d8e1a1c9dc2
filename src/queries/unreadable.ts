import type { UnreadableReport } from '../domain/unreadable.ts';
import { defineQuery } from './query.ts';
import type { UnreadableScope } from './readUnreadable.ts';

/** Every cell of a file that cannot be read, or what of them is about one experiment or one run. */
export const unreadable = defineQuery({
  name: 'unreadable',
  scope: 'one file',
  // Loaded when it is asked: the list stands before it.
  async run(engine, params: UnreadableScope, signal): Promise<UnreadableReport> {
    const { readUnreadable } = await import('./readUnreadable.ts');
    return readUnreadable(engine, params, signal);
  },
});
