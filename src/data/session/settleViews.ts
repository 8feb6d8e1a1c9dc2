import { detectLayouts } from '../../catalog/detect.ts';
import { probeViews } from '../../catalog/probe.ts';
import { isCollateral } from '../../engine/errors.ts';
import type { BrowserEngine } from '../../engine/wasm/browserEngine.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import { ident, sql } from '../../lib/sql.ts';
import type { Attached, AttachFailure } from './attachOne.ts';
import { engineCrashed, hung } from './engineRefusals.ts';

/** A view may be a computation without end. */
const viewLimitSeconds = 20;

/**
 * Reads the views that a file has in place of tables, on a locked engine: a view of a stranger may name any file
 * or host. Views that fail are left out; a file that nothing is left of is refused and detached.
 */
export async function settleViews(
  engine: BrowserEngine,
  file: Attached,
): Promise<Result<Attached, AttachFailure>> {
  if (file.views.size === 0) return ok(file);
  const { prepared } = file.candidate;
  const { name } = prepared.source;
  const limit = { passed: false };
  const timer = setTimeout(() => {
    limit.passed = true;
    engine.terminate('timed out');
  }, viewLimitSeconds * 1000);
  try {
    const { tables, failed } = await probeViews(engine, file);
    if (failed.size === 0) return ok(file);
    const left = detectLayouts([{ ...file, tables, empty: new Set() }], { name, hasWal: file.withLog });
    if (left.ok) return ok({ ...file, tables, dialects: left.value.dialects });
    await engine.query(sql`DETACH ${ident(file.alias)}`);
    const why = [...failed].map(([view, reason]) => `Its view ${view} cannot be read: ${reason}.`).join(' ');
    const code = 'no-known-tables';
    const what = `${name} gives its tables as views that cannot be read.`;
    const wayOut = 'Open the database that those views read, or write their rows into tables of this one.';
    return err({ refusal: { code, subject: name, what, why, wayOut }, engineLost: false });
  } catch (failure) {
    const refusal = limit.passed ? hung(prepared.source, viewLimitSeconds) : engineCrashed(name, failure);
    return err({ refusal, engineLost: true, collateral: !limit.passed && isCollateral(failure) });
  } finally {
    clearTimeout(timer);
  }
}
