/** Longest stretch of work without letting the page breathe. */
const sliceMs = 40;

/**
 * Runs a generator to its end and collects what it yields, pausing between two steps whenever a slice of
 * time is used up, so that ten thousand iterations never freeze the page.
 */
export async function collectInSlices<T>(steps: Iterable<T>, signal: AbortSignal | undefined): Promise<T[]> {
  const found: T[] = [];
  let pauseAt = performance.now() + sliceMs;
  for (const item of steps) {
    found.push(item);
    if (performance.now() < pauseAt) continue;
    await pause();
    signal?.throwIfAborted();
    pauseAt = performance.now() + sliceMs;
  }
  return found;
}

/** Lets everything else that waits go first. By a message: a timer among timers takes 4 ms at least. */
function pause(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
