import { EngineError } from '../../engine/errors.ts';
import { formatBytes } from '../../lib/format.ts';
import { fileId } from '../../lib/ids.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { ExtractParts, ExtractScope } from '../../queries/extract/extractPlan.ts';
import { ExtractError } from '../../queries/extract/planExtract.ts';
import { joinFacts, readExtractFacts, verifyExtract } from '../../queries/extract/verifyExtract.ts';
import { writeExtract, type ExtractReport, type OnExtractStep } from '../../queries/extract/writeExtract.ts';
import { prepare } from '../session/prepare.ts';
import type { Session } from '../session/session.ts';

/** A new database that was opened again and found equal to its source. */
export interface MadeExtract {
  readonly file: File;
  readonly report: ExtractReport;
  /** What was held against the source: `100 costs of iterations`. */
  readonly verified: readonly string[];
}

/** One that was written, so that it can be read by the readers of version v1.0.0. */
const oldestStorage = 64n;
const extractId = fileId('extract');
const writtenName = 'extract.db';

/**
 * Writes experiments of the open files into a new database, on an engine of its own, opens that on another one and holds
 * it against its source. Rejects with `ExtractError` where it cannot be had, with `AbortError` when `signal` aborts; what
 * is open is not touched.
 */
export async function makeExtract(
  session: Session,
  scopes: readonly ExtractScope[],
  parts: ExtractParts,
  name: string,
  onStep: OnExtractStep,
  signal: AbortSignal,
): Promise<MadeExtract> {
  const endWork = session.beginWork();
  try {
    const { report, facts, file } = await write(session, scopes, parts, name, onStep, signal);
    onStep('Opening it again', 1);
    const verified = await verify(session, file, scopes, parts, report, facts, signal);
    return { file, report, verified };
  } catch (failure) {
    signal.throwIfAborted();
    throw failure instanceof EngineError ? new ExtractError(notMade(failure)) : failure;
  } finally {
    endWork();
  }
}

async function write(
  session: Session,
  scopes: readonly ExtractScope[],
  parts: ExtractParts,
  name: string,
  onStep: OnExtractStep,
  signal: AbortSignal,
) {
  onStep('Starting an engine', 0);
  const beside = await session.standBeside(signal);
  if (beside === undefined) throw new EngineError('query', 'No file is open.', '');
  const { engine, files } = beside;
  const stop = (): void => engine.terminate('cancelled');
  signal.addEventListener('abort', stop, { once: true });
  try {
    const lost = scopes.find((scope) => !files.some(({ fileId: held }) => held === scope.fileId));
    if (lost !== undefined) throw new EngineError('query', `${lost.fileName} could not be opened again.`, '');
    const path = await engine.newFile(writtenName);
    const report = await writeExtract(engine, path, scopes, parts, onStep, signal);
    onStep('Reading the source again', 1);
    const sources = [];
    for (const scope of scopes) sources.push(await readExtractFacts(engine, scope, parts, signal));
    const blob = await engine.takeFile(writtenName);
    return { report, facts: joinFacts(sources), file: new File([blob], name) };
  } finally {
    signal.removeEventListener('abort', stop);
    engine.terminate('done');
  }
}

/** Opens the new database as any file is opened, on an engine that knows nothing else. */
async function verify(
  session: Session,
  file: File,
  scopes: readonly ExtractScope[],
  parts: ExtractParts,
  report: ExtractReport,
  facts: Parameters<typeof verifyExtract>[4],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const source = { kind: 'file', name: file.name, file, wal: undefined } as const;
  const prepared = await prepare(source, signal, () => undefined);
  if (!prepared.ok) throw new ExtractError(prepared.error);
  if (prepared.value.header.storageVersion !== oldestStorage)
    throw new ExtractError(
      notMade(new EngineError('query', `storage version ${prepared.value.header.storageVersion}`, '')),
    );
  const again = await session.standBeside(signal, [{ fileId: extractId, prepared: prepared.value }]);
  if (again === undefined) throw new EngineError('query', 'The new database does not open.', '');
  try {
    const experimentIds = scopes.flatMap((scope) => scope.experimentIds);
    const place = { fileId: extractId, experimentIds, alias: extractId };
    return await verifyExtract(again.engine, place, parts, report, facts, signal);
  } finally {
    again.engine.terminate('done');
  }
}

/** An engine that ends while it writes has in all likelihood run out of memory: the new database is in it whole. */
function notMade({ kind, message }: EngineError): Refusal {
  const subject = 'the new database';
  if (kind === 'out-of-memory' || kind === 'crashed') {
    return {
      code: 'out-of-memory',
      subject,
      what: 'The new database needs more memory than the browser gives one tab.',
      why: `It is written whole in memory, up to about ${formatBytes(mostBytes)}: ${message.split('\n')[0] ?? ''}`,
      wayOut:
        'Leave out the inside of runs or prompts, choose fewer experiments, or write it in a shell: npm run db -- extract FILE --experiment ID --out FILE.',
    };
  }
  return {
    code: 'not-extracted',
    subject,
    what: 'The new database could not be written.',
    why: message.split('\n')[0] ?? message,
    wayOut: 'What is open is as it was. Choose other experiments, or report it with these words.',
  };
}

/** The memory of a WebAssembly module ends at 4 GB, and a file that grows needs twice its size. */
const mostBytes = 1_000_000_000;
