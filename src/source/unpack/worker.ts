/** The unpacking worker: one file, then it is ended. */
import type { UnpackReply, UnpackRequest } from './unpackInWorker.ts';
import { unpackFile } from './unpackFile.ts';

const reply = (message: UnpackReply): void => postMessage(message);

addEventListener('message', ({ data }: MessageEvent<UnpackRequest>) => {
  let said = 0;
  const onProgress = (fraction: number): void => {
    // A message each per cent at most.
    if (fraction - said < 0.01) return;
    said = fraction;
    reply({ kind: 'progress', fraction });
  };
  unpackFile(data.file, data.format, data.limitBytes, onProgress).then(
    (files) => reply({ kind: 'done', files }),
    (cause: unknown) =>
      reply({ kind: 'failed', why: cause instanceof Error ? cause.message : String(cause) }),
  );
});
