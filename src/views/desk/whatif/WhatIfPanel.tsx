import { useMemo } from 'react';
import { Label } from 'react-aria-components/Label';
import { Slider as AriaSlider, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components/Slider';
import { useAnswer } from '../../../data/useAnswer.ts';
import {
  hypothetical,
  rulesToTry,
  type SavingSpread,
  type WhatIfRules,
} from '../../../domain/acceptance/conclude.ts';
import type { AcceptanceRules } from '../../../domain/acceptance/rules.ts';
import { formatCount, formatPercent } from '../../../lib/format.ts';
import { sampleSavings } from '../../../queries/sampleSavings.ts';
import { Button } from '../../../ui/Button.tsx';
import { ProgressBar } from '../../../ui/ProgressBar.tsx';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import type { DeskRow } from '../../shared/proposals/deskRow.ts';
import { useAddress } from '../../shared/useAddress.ts';
import { deskFields, type DeskSearch } from '../fields.ts';
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
          The file stores no costs of this experiment’s proposals. No other rule can be tried.
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
        label="Max. coefficient of variation"
        min={0}
        max={noCvLimit}
        step={0.05}
        value={Math.min(noCvLimit, rules.largestCv ?? noCvLimit)}
        words={(value) => (value >= noCvLimit ? 'no limit' : value.toFixed(2))}
        onChange={(value) => set({ largestCv: value >= noCvLimit ? undefined : rounded(value) })}
      />
      <Slider
        label="Settlement floor"
        min={0}
        max={1}
        step={0.01}
        value={rules.settlementFloor ?? 0}
        words={(value) => (value === 0 ? 'none' : formatPercent(value))}
        onChange={(value) => set({ settlementFloor: value === 0 ? undefined : rounded(value) })}
      />
      <Slider
        label="Min. saving"
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
  const { accepted, rejected, wouldBeAccepted, wouldBeRejected, undetermined, notCompared } = found;
  const isAsStored = wouldBeAccepted.length + wouldBeRejected.length + undetermined.length === 0;
  return (
    <div className={styles.outcome}>
      <p role="status">
        {isChanged ? 'With these rules' : 'With its own rules'}: {formatCount(accepted)} accepted,{' '}
        {formatCount(rejected)} rejected{isAsStored ? ', as stored' : ''}.
      </p>
      <ProposalLinks title="rejected, would be accepted" rows={wouldBeAccepted} />
      <ProposalLinks title="accepted, would be rejected" rows={wouldBeRejected} />
      <ProposalLinks title="undetermined: missing data" rows={undetermined} />
      {notCompared > 0 && <p>{formatCount(notCompared)} were not evaluated.</p>}
      {isChanged && <p>Hypothetical: later iterations build on the stored verdicts.</p>}
    </div>
  );
}

/** So many are named; the rest is counted. */
const named = 12;

/** Proposals to look at, with the rules that are tried still in the address. */
function ProposalLinks({ title, rows }: { title: string; rows: readonly DeskRow[] }) {
  const { search, here } = useAddress(deskFields);
  if (rows.length === 0) return null;
  const isOver = rows.length > named;
  return (
    <div>
      <h3>
        {formatCount(rows.length)} {title}
      </h3>
      <ul className={styles.links}>
        {rows.slice(0, named).map((row) => {
          const { iteration, agentId } = row.proposal;
          const where =
            search.experiment === undefined ? {} : { in: row.file.name, experiment: row.experimentId };
          return (
            <li key={row.key}>
              <a href={here({ ...where, iteration, agent: agentId, show: 'all' })}>
                iteration {iteration}, {agentId}
              </a>
            </li>
          );
        })}
        {isOver && <li>and {formatCount(rows.length - named)} more</li>}
      </ul>
    </div>
  );
}

interface WhatIfSettings {
  readonly rules: WhatIfRules;
  readonly isChanged: boolean;
  readonly set: (change: Partial<WhatIfRules>) => void;
  readonly reset: () => void;
}

/** The rules to try: those of the address, for the rest those that the experiment was judged by. */
function useWhatIfRules(inForce: AcceptanceRules): WhatIfSettings {
  const { search, patch } = useAddress(deskFields);
  const { sig, cv, floor, least } = search;
  const start = useMemo(() => rulesToTry(inForce), [inForce]);
  const rules = useMemo(
    (): WhatIfRules => ({
      significance: sig === undefined ? start.significance : sig === 'required',
      largestCv: cv === undefined ? start.largestCv : cv === 'none' ? undefined : cv,
      settlementFloor: floor === undefined ? start.settlementFloor : floor === 'none' ? undefined : floor,
      leastSaving: least ?? start.leastSaving,
    }),
    [sig, cv, floor, least, start],
  );
  return {
    rules,
    isChanged: [sig, cv, floor, least].some((field) => field !== undefined),
    set: (change) => patch(fieldsOf({ ...rules, ...change }, start)),
    reset: () => patch({ sig: undefined, cv: undefined, floor: undefined, least: undefined }),
  };
}

/** Only what differs from the experiment's own rules is written. */
function fieldsOf(rules: WhatIfRules, start: WhatIfRules): DeskSearch {
  return {
    sig: rules.significance === start.significance ? undefined : rules.significance ? 'required' : 'none',
    cv: rules.largestCv === start.largestCv ? undefined : (rules.largestCv ?? 'none'),
    floor: rules.settlementFloor === start.settlementFloor ? undefined : (rules.settlementFloor ?? 'none'),
    least: rules.leastSaving === start.leastSaving ? undefined : rules.leastSaving,
  };
}

/** What other rules would have made of an experiment's proposals. */
interface Tally {
  readonly accepted: number;
  readonly rejected: number;
  /** Stored as rejected, would be accepted. */
  readonly wouldBeAccepted: readonly DeskRow[];
  /** Stored as accepted, would be rejected. */
  readonly wouldBeRejected: readonly DeskRow[];
  /** A rule needs a number that the file does not store. */
  readonly undetermined: readonly DeskRow[];
  /** Nothing was compared: invalid, pending, or no costs are stored. */
  readonly notCompared: number;
}

function tally(
  rows: readonly DeskRow[],
  spreadOf: (row: DeskRow) => SavingSpread | undefined,
  rules: WhatIfRules,
): Tally {
  const wouldBeAccepted: DeskRow[] = [];
  const wouldBeRejected: DeskRow[] = [];
  const undetermined: DeskRow[] = [];
  let [accepted, rejected, notCompared] = [0, 0, 0];
  for (const row of rows) {
    const stored = row.proposal.verdict;
    const outcome = hypothetical(row.proposal, spreadOf(row), rules);
    switch (outcome?.verdict) {
      case 'accepted':
        accepted += 1;
        if (stored === 'rejected') wouldBeAccepted.push(row);
        break;
      case 'rejected':
        rejected += 1;
        if (stored === 'accepted') wouldBeRejected.push(row);
        break;
      case 'unknown':
        undetermined.push(row);
        break;
      case undefined:
        notCompared += 1;
        break;
    }
  }
  const inOrder = (found: DeskRow[]) => found.sort((a, b) => a.order - b.order);
  return {
    accepted,
    rejected,
    wouldBeAccepted: inOrder(wouldBeAccepted),
    wouldBeRejected: inOrder(wouldBeRejected),
    undetermined: inOrder(undetermined),
    notCompared,
  };
}

interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** The value in words, seen and spoken: "at most 0.50", "none". */
  readonly words: (value: number) => string;
  readonly onChange: (value: number) => void;
}

/** One number along a line; arrows move it. */
function Slider({ label, value, min, max, step, words, onChange }: SliderProps) {
  return (
    <AriaSlider
      className={styles.slider ?? ''}
      value={value}
      minValue={min}
      maxValue={max}
      step={step}
      onChange={onChange}
    >
      <Label className={styles.label}>{label}</Label>
      <SliderOutput className={styles.output ?? ''}>{words(value)}</SliderOutput>
      <SliderTrack className={styles.track ?? ''}>
        {({ state }) => (
          <>
            <span className={styles.line} />
            <span className={styles.filled} style={{ width: `${state.getThumbPercent(0) * 100}%` }} />
            <SliderThumb className={styles.thumb ?? ''} aria-valuetext={words(value)} />
          </>
        )}
      </SliderTrack>
    </AriaSlider>
  );
}
