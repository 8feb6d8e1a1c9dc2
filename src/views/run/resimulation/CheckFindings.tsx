import { useMemo } from 'react';

import type { OpenFile } from '../../../data/session/state.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import styles from './ResimulationCard.module.css';
import { RunResult } from './RunResult.tsx';
import { RunResultsGrid } from './RunResultsGrid.tsx';
import type { RunChecks } from './useRunChecks.ts';
import { ViolationsGrid } from './ViolationsGrid.tsx';
import { tally } from './words.ts';

/** What the checks have found so far; spoken when they end. */
export function CheckFindings({ checks, file }: { checks: RunChecks; file: OpenFile }) {
  const { target, results, running, moneyViolations, wasCancelled, error } = checks;
  const violations = useMemo(
    () => [...moneyViolations, ...results.flatMap((result) => result.violations)],
    [moneyViolations, results],
  );
  if (target === undefined) return null;
  const [first] = results;
  return (
    <div className={styles.findings} role="status">
      {error !== undefined && <ErrorNotice error={error} doing="simulating again" />}
      {wasCancelled && <Notice>Cancelled. What was compared until then is shown.</Notice>}
      {target.kind === 'run' && first !== undefined && <RunResult result={first} />}
      {target.kind === 'all' && results.length > 0 && (
        <>
          {running === undefined && <p>{tally(results)}</p>}
          <RunResultsGrid results={results} file={file} />
        </>
      )}
      {target.kind === 'all' &&
        running === undefined &&
        violations.length === 0 &&
        results.some(hasEvents) && (
          <p>
            All money is whole cents, and what is stored beside the events follows from them: balances,
            queues, costs, payments and totals.
          </p>
        )}
      {violations.length > 0 && <ViolationsGrid violations={violations} file={file} />}
    </div>
  );
}

const hasEvents = ({ events }: { readonly events: number }): boolean => events > 0;
