import { askDirectly } from '../../src/data/askDirectly.ts';
import type { RunHealth } from '../../src/domain/health/facts.ts';
import { buildHealthReport, type HealthReport } from '../../src/domain/health/report.ts';
import type { Refusal } from '../../src/domain/refusal.ts';
import type { Result } from '../../src/lib/result.ts';
import { ok } from '../../src/lib/result.ts';
import { fileHealth } from '../../src/queries/fileHealth.ts';
import { bookChecks } from '../../src/queries/run/bookChecks.ts';
import { openNatively } from './openNatively.ts';

/** The report of one file, its runs included; `progress` hears how many of them are done. */
export async function checkFile(
  path: string,
  progress: (done: number, of: number) => void = () => undefined,
): Promise<Result<HealthReport, Refusal>> {
  const opened = await openNatively(path);
  if (!opened.ok) return opened;
  const { engine, fileId, file } = opened.value;
  try {
    const asked = askDirectly(engine);
    const facts = await fileHealth.run(asked, { fileId, isUnified: file.dialects.includes('A1') });
    const runs: RunHealth[] = [];
    for (const simulationId of facts.runs) {
      runs.push({ simulationId, checks: await bookChecks.run(asked, { fileId, simulationId }) });
      progress(runs.length, facts.runs.length);
    }
    return ok(buildHealthReport(file, facts, runs));
  } finally {
    await engine.close();
  }
}
