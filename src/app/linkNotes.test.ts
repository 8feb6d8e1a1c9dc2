import { expect, test, vi } from 'vitest';

import { LinkNotes } from './linkNotes.ts';

test('each problem is noted once, and listeners hear of new ones only', () => {
  const notes = new LinkNotes();
  const listener = vi.fn();
  const stop = notes.subscribe(listener);
  notes.add(['scale=cubic']);
  notes.add(['scale=cubic']);
  notes.add([]);
  expect(notes.get()).toEqual(['scale=cubic']);
  expect(listener).toHaveBeenCalledTimes(1);
  notes.add(['scale=cubic', 'v=9']);
  expect(notes.get()).toEqual(['scale=cubic', 'v=9']);
  stop();
  notes.add(['tick=x']);
  expect(listener).toHaveBeenCalledTimes(2);
  // On another screen only what is about the link stays, and the screen may say it again.
  notes.add(['status=nope'], '/experiments');
  notes.keepThoseOf('/experiments');
  expect(notes.get()).toContain('status=nope');
  notes.keepThoseOf('/desk');
  expect(notes.get()).toEqual(['scale=cubic', 'v=9', 'tick=x']);
  notes.add(['status=nope'], '/experiments');
  expect(notes.get()).toContain('status=nope');
});
