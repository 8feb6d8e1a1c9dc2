import { askDirectly } from '../../src/data/askDirectly.ts';
import type { RunCheckResult } from '../../src/domain/answers/resimulation.ts';
import type { HealthFile, RunHealth } from '../../src/domain/health/facts.ts';
import { buildHealthReport, type HealthReport } from '../../src/domain/health/report.ts';
import type { Refusal } from '../../src/domain/refusal.ts';
import type { Engine } from '../../src/engine/engine.ts';
import type { FileId, SimulationId } from '../../src/lib/ids.ts';
import { type Result, ok } from '../../src/lib/result.ts';
import type { QueryEngine } from '../../src/queries/query.ts';
import { fileHealth } from '../../src/queries/fileHealth.ts';
import { checkBatch } from '../../src/queries/run/atOnce/checkBatch.ts';
import { readRunBatches } from '../../src/queries/run/atOnce/runBatches.ts';
import { consistencyChecks } from '../../src/queries/run/consistencyChecks.ts';
import { type Checker, checkRun } from '../../src/resimulate/checkRun.ts';
import { createAnswerer } from '../../src/resimulate/worker/runCheck.ts';
import { openNatively } from './openNatively.ts';

/** Hears how much is done of what takes long. */
type Progress = (what: string, done: number, of: number) => void;
const nobody: Progress = () => undefined;

/** The report of one file with all that takes long: its runs, and those of our lab simulated again. */
export async function checkFile(path: string, progress = nobody): Promise<Result<HealthReport, Refusal>> {
  const opened = await openNatively(path);
  if (!opened.ok) return opened;
  const { engine, fileId, file } = opened.value;
  try {
    return ok(await reportOn(engine, fileId, file, progress));
  } finally {
    await engine.close();
  }
}

/** The report of a file that an engine has open. */
export async function reportOn(
  engine: Engine,
  fileId: FileId,
  file: HealthFile,
  progress = nobody,
): Promise<HealthReport> {
  const asked = askDirectly(engine);
  const facts = await fileHealth.run(asked, { fileId, isUnified: file.dialects.includes('A1') });
  const runs = await checkRuns(asked, fileId, facts.runs, progress);
  const answer = createAnswerer();
  const checker: Checker = { ask: (request) => Promise.resolve(answer(request)), close: () => undefined };
  const again: RunCheckResult[] = [];
  for (const simulationId of facts.labRuns) {
    again.push(await checkRun((question) => question(asked, undefined), checker, { fileId, simulationId }));
    progress('runs simulated again', again.length, facts.labRuns.length);
  }
  return buildHealthReport(file, facts, runs, again);
}

/** The checks of all runs, in the order of `ids`; many at once, and one by one those that need it. */
async function checkRuns(
  engine: QueryEngine,
  fileId: FileId,
  ids: readonly SimulationId[],
  progress: Progress,
): Promise<readonly RunHealth[]> {
  const found = new Map<SimulationId, RunHealth['checks']>();
  for (const batch of await readRunBatches(engine, { fileId }, undefined)) {
    const plain = await checkBatch(engine, fileId, batch, undefined);
    for (const { simulationId } of batch.runs) {
      const checks =
        plain.get(simulationId) ?? (await consistencyChecks.run(engine, { fileId, simulationId }));
      found.set(simulationId, checks);
      progress('runs checked', found.size, ids.length);
    }
  }
  return ids.map((simulationId) => ({ simulationId, checks: found.get(simulationId) }));
}
