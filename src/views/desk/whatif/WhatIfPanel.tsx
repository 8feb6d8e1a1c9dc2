import { useMemo } from 'react';

import { useAnswer } from '../../../data/useAnswer.ts';
import { sampleSavings } from '../../../queries/sampleSavings.ts';
import { formatCount } from '../../../lib/format.ts';
import { Button } from '../../../ui/Button.tsx';
import { ProgressBar } from '../../../ui/ProgressBar.tsx';
import { Slider } from '../../../ui/Slider.tsx';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import type { DeskRow } from '../deskRow.ts';
import { ProposalLinks } from './ProposalLinks.tsx';
import { tally, type Tally } from './tally.ts';
import { useWhatIfRules } from './useWhatIfRules.ts';
import styles from './WhatIfPanel.module.css';

interface WhatIfPanelProps {
  /** Every proposal on the desk. */
  readonly all: readonly DeskRow[];
  /** Its experiment is the one that is tried. */
  readonly selected: DeskRow;
}

/** At the right end of its line there is no limit on the variation. */
const noCvLimit = 1.5;

/** Other acceptance rules tried on one experiment. */
export function WhatIfPanel({ all, selected }: WhatIfPanelProps) {
  const { file, experimentId } = selected;
  const { rules, isChanged, set, reset } = useWhatIfRules(selected.rules);
  const rows = useMemo(
    () => all.filter((row) => row.experimentId === experimentId && row.file === file),
    [all, experimentId, file],
  );
  const savings = useAnswer({
    ...sampleSavings.about({ fileId: file.fileId, experimentId }),
    enabled: rules.significance,
  });
  const spreads = useMemo(
    () => new Map(savings.data?.map((spread) => [`${spread.iteration}\n${spread.agentId}`, spread])),
    [savings.data],
  );
  const found = useMemo(
    () => tally(rows, ({ proposal }) => spreads.get(`${proposal.iteration}\n${proposal.agentId}`), rules),
    [rows, spreads, rules],
  );
  if (found.notCompared === rows.length) {
    return (
      <section className={styles.panel} aria-label="What if">
        <h2>What if</h2>
        <p className={styles.outcome}>
          The file stores no costs of this experiment’s proposals, so no other rule can be tried on them.
        </p>
      </section>
    );
  }
  return (
    <section className={styles.panel} aria-label="What if">
      <header className={styles.head}>
        <h2>What if</h2>
        {isChanged && (
          <Button size="small" variant="ghost" onClick={reset}>
            Back to its rules
          </Button>
        )}
      </header>
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={rules.significance}
          onChange={(event) => set({ significance: event.target.checked })}
        />
        require a significant saving
      </label>
      <Slider
        label="largest variation"
        min={0}
        max={noCvLimit}
        step={0.05}
        value={Math.min(noCvLimit, rules.largestCv ?? noCvLimit)}
        words={(value) => (value >= noCvLimit ? 'no limit' : value.toFixed(2))}
        onChange={(value) => set({ largestCv: value >= noCvLimit ? undefined : rounded(value) })}
      />
      <Slider
        label="settlement floor"
        min={0}
        max={1}
        step={0.01}
        value={rules.settlementFloor ?? 0}
        words={(value) => (value === 0 ? 'none' : `${Math.round(value * 100)} %`)}
        onChange={(value) => set({ settlementFloor: value === 0 ? undefined : rounded(value) })}
      />
      <Slider
        label="least saving"
        min={0}
        max={0.2}
        step={0.005}
        value={rules.leastSaving}
        words={(value) => (value === 0 ? 'any' : `${Number((value * 100).toFixed(1))} % of the old cost`)}
        onChange={(value) => set({ leastSaving: rounded(value) })}
      />
      {savings.error !== null && <ErrorNotice error={savings.error} doing="reading the samples" />}
      {savings.isLoading ? (
        <ProgressBar doing="Reading the samples" />
      ) : (
        <Outcome found={found} isChanged={isChanged} />
      )}
    </section>
  );
}

/** Steps of a slider are sums of floating-point numbers; an address should not show it. */
function rounded(value: number): number {
  return Number(value.toFixed(3));
}

interface OutcomeProps {
  readonly found: Tally;
  readonly isChanged: boolean;
}

function Outcome({ found, isChanged }: OutcomeProps) {
  const { accepted, rejected, wouldPass, wouldFall, untold, notCompared } = found;
  const isAsStored = wouldPass.length + wouldFall.length + untold.length === 0;
  return (
    <div className={styles.outcome}>
      <p role="status">
        {isChanged ? 'With these rules' : 'With its own rules'}: {formatCount(accepted)} accepted,{' '}
        {formatCount(rejected)} rejected{isAsStored ? ', as stored' : ''}.
      </p>
      <ProposalLinks title="rejected, would have passed" rows={wouldPass} />
      <ProposalLinks title="accepted, would have been rejected" rows={wouldFall} />
      <ProposalLinks title="nothing can be said: a number is not stored" rows={untold} />
      {notCompared > 0 && <p>{formatCount(notCompared)} were never compared.</p>}
      {isChanged && (
        <p>
          Hypothetical: later iterations never saw a policy that was rejected, and built on those accepted.
        </p>
      )}
    </div>
  );
}
