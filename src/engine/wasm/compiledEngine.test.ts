import fc from 'fast-check';
import { expect, it } from 'vitest';

import { firstBytes } from './compiledEngine.ts';

it('gives the first bytes and leaves the stream whole, however it is cut into pieces', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 6 })), fc.nat(12), async (pieces, count) => {
      const all = pieces.flatMap((piece) => [...piece]);
      const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
        start(out) {
          for (const piece of pieces) out.enqueue(new Uint8Array(piece));
          out.close();
        },
      });
      const { first, whole } = await firstBytes(stream, count);
      expect([...first]).toEqual(all.slice(0, count));
      expect([...new Uint8Array(await new Response(whole).arrayBuffer())]).toEqual(all);
    }),
  );
});
