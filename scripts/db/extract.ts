import { existsSync } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { basename } from 'node:path';

import { askDirectly } from '../../src/data/askDirectly.ts';
import type { Refusal } from '../../src/domain/refusal.ts';
import { formatBytes, plural } from '../../src/lib/format.ts';
import { EngineError } from '../../src/engine/errors.ts';
import { experimentList } from '../../src/queries/experimentList.ts';
import type { ExtractParts } from '../../src/queries/extract/extractPlan.ts';
import { joinFacts, readExtractFacts, verifyExtract } from '../../src/queries/extract/verifyExtract.ts';
import { ExtractError } from '../../src/queries/extract/planExtract.ts';
import { rowWords, writeExtract } from '../../src/queries/extract/writeExtract.ts';
import type { Told } from './manage.ts';
import { openNatively } from './openNatively.ts';

const refused = ({ code, what, why, wayOut }: Refusal): Told => ({
  outcome: 'refused',
  lines: [`${code}: ${what} ${why} ${wayOut}`],
});

/**
 * Writes experiments of a file into a new database of the unified schema, opens it again and holds it against the source.
 * Nothing stands at `out` unless that was found equal. `ids`: all of the file where none is named.
 */
export async function extractFile(
  path: string,
  ids: readonly string[],
  out: string,
  parts: ExtractParts,
  onStep: (words: string, fraction: number) => void,
): Promise<Told> {
  const taken = [out, `${out}.part`].find((name) => existsSync(name));
  if (taken !== undefined)
    return { outcome: 'refused', lines: [`${basename(taken)} exists already. It was left as it is.`] };
  const written = `${out}.part`;
  const drop = () => Promise.all([written, `${written}.wal`].map((name) => rm(name, { force: true })));
  try {
    const told = await extract(path, ids, written, parts, onStep);
    if (told.outcome === 'fine') {
      const { size } = await stat(written);
      await rename(written, out);
      return { ...told, lines: [`${basename(out)} was written, ${formatBytes(size)}.`, ...told.lines] };
    }
    return told;
  } catch (failure) {
    if (failure instanceof ExtractError) return refused(failure.refusal);
    if (failure instanceof EngineError) return { outcome: 'refused', lines: [failure.message] };
    throw failure;
  } finally {
    await drop();
  }
}

async function extract(
  path: string,
  ids: readonly string[],
  written: string,
  parts: ExtractParts,
  onStep: (words: string, fraction: number) => void,
): Promise<Told> {
  const opened = await openNatively(path, written);
  if (!opened.ok) return refused(opened.error);
  const { engine, fileId, file } = opened.value;
  try {
    const held = await experimentList.run(askDirectly(engine), { fileId }, undefined);
    if (held.length === 0) return { outcome: 'refused', lines: [`${file.name} holds no experiment.`] };
    const missing = ids.filter((id) => !held.some(({ experimentId }) => experimentId === id));
    if (missing.length > 0)
      return {
        outcome: 'refused',
        lines: [
          `${file.name} holds no experiment ${missing.join(', ')}.`,
          'It holds:',
          ...held.map(({ experimentId }) => `  ${experimentId}`),
        ],
      };
    const experimentIds = held
      .map(({ experimentId }) => experimentId)
      .filter((id) => ids.length === 0 || ids.includes(id));
    const scope = { fileId, fileName: file.name, experimentIds };
    const report = await writeExtract(engine, written, [scope], parts, onStep);
    const source = joinFacts([await readExtractFacts(engine, scope, parts)]);
    const again = await openNatively(written);
    if (!again.ok) return refused(again.error);
    try {
      const place = { fileId: again.value.fileId, experimentIds, alias: again.value.fileId };
      const verified = await verifyExtract(again.value.engine, place, parts, report, source);
      return {
        outcome: 'fine',
        lines: [
          `${plural(experimentIds.length, 'experiment')} of ${file.name}.`,
          `Opened again and equal to the source: ${verified.join(', ')}.`,
          ...rowWords(report).map((line) => `  ${line}`),
          ...report.notes,
        ],
      };
    } finally {
      await again.value.engine.close();
    }
  } finally {
    await engine.close();
  }
}
