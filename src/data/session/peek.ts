import type { Refusal } from '../../domain/refusal.ts';
import type { ExperimentSummary } from '../../domain/experiment/normalised.ts';
import { fileId } from '../../lib/ids.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import { experimentList } from '../../queries/experimentList.ts';
import type { Source } from '../../source/source.ts';
import { askDirectly } from '../askDirectly.ts';
import { assemble } from './assemble.ts';
import type { EnginePool } from './enginePool.ts';
import { prepare } from './prepare.ts';

const peeked = fileId('f0');
const nothing = (): undefined => undefined;

/**
 * What a source holds now, asked of an engine of its own that ends with the answer: nothing that is open is touched.
 * Rejects when `signal` aborts or no engine can be had.
 */
export async function peek(
  source: Source,
  pool: EnginePool,
  signal: AbortSignal,
): Promise<Result<readonly ExperimentSummary[], Refusal | undefined>> {
  const prepared = await prepare(source, signal, nothing);
  if (!prepared.ok) return prepared;
  const candidate = { fileId: peeked, prepared: prepared.value };
  const { standing, refusals } = await assemble([candidate], pool, signal, nothing, () => false);
  if (standing === undefined) return err(refusals[0]);
  try {
    const list = experimentList.about({ fileId: peeked });
    return ok(await list.answer(askDirectly(standing.engine), signal));
  } finally {
    standing.engine.terminate('left');
  }
}
