type Bytes = Uint8Array<ArrayBuffer>;

/** The first `count` bytes of a stream, fewer where it is shorter, and a stream of all of it. */
export async function firstBytes(
  stream: ReadableStream<Bytes>,
  count: number,
): Promise<{ readonly first: Bytes; readonly whole: ReadableStream<Bytes> }> {
  const reader = stream.getReader();
  const pieces: Bytes[] = [];
  let have = 0;
  while (have < count) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value);
    have += value.byteLength;
  }
  const whole = new ReadableStream<Bytes>({
    start(out) {
      for (const piece of pieces) out.enqueue(piece);
    },
    async pull(out) {
      const { done, value } = await reader.read();
      if (done) out.close();
      else out.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  const first = new Uint8Array(Math.min(count, have));
  let at = 0;
  for (const piece of pieces) {
    const part = piece.subarray(0, first.length - at);
    first.set(part, at);
    at += part.length;
  }
  return { first, whole };
}
