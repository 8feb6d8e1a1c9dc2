import { installRelations } from '../../catalog/install.ts';
import { EngineError } from '../../engine/errors.ts';
import type { BrowserEngine } from '../../engine/wasm/browserEngine.ts';
import { ident, sql } from '../../lib/sql.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { Attached } from './attachOne.ts';

interface Installed {
  readonly files: readonly Attached[];
  readonly refusals: readonly Refusal[];
}

/**
 * Installs the relations over all files. Where the engine refuses them, it refuses those of one file (a generated
 * column may call a function that this engine lacks): each is tried alone, and what fails is refused alone.
 */
export async function installOver(engine: BrowserEngine, files: readonly Attached[]): Promise<Installed> {
  try {
    await installRelations(engine, files);
    return { files, refusals: [] };
  } catch (failure) {
    if (!isRefused(failure)) throw failure;
  }
  const sound: Attached[] = [];
  const refusals: Refusal[] = [];
  for (const file of files) {
    try {
      await installRelations(engine, [file]);
      sound.push(file);
    } catch (failure) {
      if (!isRefused(failure)) throw failure;
      refusals.push(notReadable(file.candidate.prepared.source.name, failure));
    }
  }
  await installRelations(engine, sound);
  for (const file of files) {
    if (!sound.includes(file)) await engine.query(sql`DETACH ${ident(file.alias)}`);
  }
  return { files: sound, refusals };
}

const isRefused = (failure: unknown): failure is EngineError =>
  failure instanceof EngineError && failure.kind === 'query';

function notReadable(name: string, { message }: EngineError): Refusal {
  return {
    code: 'no-known-tables',
    subject: name,
    what: `The tables of ${name} cannot be read by this engine.`,
    why: `${message.split('\n')[0] ?? message}. A column that is computed from others may call a function that the browser’s engine does not have.`,
    wayOut:
      'Write the table anew with plain columns (CREATE TABLE copied AS FROM the table), and open that file.',
  };
}
