import Table from 'lucide-react/icons/table-2';
import { useEffect, useId, useMemo, useState } from 'react';
import { doesNotFollow } from '../../domain/contradictions/contradiction.ts';
import { formatCount } from '../../lib/format.ts';
import { proposalKinds, type ProposalKind, countVerdicts } from '../../domain/experiment/verdict.ts';
import type { VerdictCounts } from '../../domain/experiment/normalised.ts';
import { Button } from '../../ui/Button.tsx';
import { Select } from '../../ui/TextField.tsx';
import { ToggleGroup } from '../../ui/ToggleGroup.tsx';
import { otherVerdictWords } from '../shared/words.ts';
import { useAddress } from '../shared/useAddress.ts';
import { groupingOf, showOf, type Show } from './arrange.ts';
import { type ContradictionsOf, type DeskRow, copiesWords } from '../shared/proposals/deskRow.ts';
import { kindTitles } from '../shared/proposals/proposalWords.ts';
import styles from './QueueFilters.module.css';
import { deskFields, groupings, type DeskSearch } from './fields.ts';
import fields from '../../ui/fields.module.css';

interface QueueFiltersProps {
  /** Every proposal of the subject. */
  readonly all: readonly DeskRow[];
  /** What the other filters let through. */
  readonly rows: readonly DeskRow[];
  /** Experiments that stand in several open files and are listed once. */
  readonly copies: number;
  readonly contradictionsOf: ContradictionsOf;
  readonly withExperiment: boolean;
}

const groupWords: Readonly<Record<(typeof groupings)[number], string>> = {
  kind: 'by kind',
  agent: 'by agent',
  experiment: 'by experiment',
  iteration: 'by iteration',
  reviewed: 'by review',
  order: 'as in the table',
};

/** Which proposals the list holds and how they are grouped; all of it lives in the address. */
export function QueueFilters({ all, rows, copies, contradictionsOf, withExperiment }: QueueFiltersProps) {
  const { search, patch } = useAddress(deskFields);
  const show = showOf(search);
  const group = groupingOf(search);
  const found = useMemo(() => namesIn(all), [all]);
  const counted = useMemo(() => countsOf(rows), [rows]);
  const unfounded = useMemo(
    () => all.filter((row) => contradictionsOf(row).some(doesNotFollow)).length,
    [all, contradictionsOf],
  );
  const others = otherVerdictWords(counted);
  const isFiltered = filterFields.some((field) => search[field] !== undefined);
  const any = <V extends string>(label: string, values: readonly V[], words: (value: V) => string) => [
    { value: '' as const, label },
    ...values.map((value) => ({ value, label: words(value) })),
  ];
  return (
    <div className={styles.filters}>
      <ToggleGroup<Show>
        label="Verdict"
        value={show}
        choices={[
          { value: 'rejected', label: `Rejected ${formatCount(counted.rejected)}` },
          { value: 'accepted', label: `Accepted ${formatCount(counted.accepted)}` },
          { value: 'all', label: `All ${formatCount(counted.all)}` },
        ]}
        onChange={(next) => patch({ show: next === 'rejected' ? undefined : next })}
      />
      {others !== undefined && <p className={styles.others}>and {others}</p>}
      {copies > 0 && <p className={styles.others}>{copiesWords(copies)}</p>}
      <div className={styles.selects}>
        <Select<'' | ProposalKind>
          label="Kind"
          hideLabel
          value={search.kind ?? ''}
          options={any('Any reason', found.kinds, (kind) => kindTitles[kind])}
          onChange={(kind) => patch({ kind: kind === '' ? undefined : kind })}
        />
        <Select
          label="Agent"
          hideLabel
          value={search.only ?? ''}
          options={any('Any agent', found.agents, (agent) => agent)}
          onChange={(only) => patch({ only: only === '' ? undefined : only })}
        />
        {withExperiment && (
          <Select
            label="Experiment"
            hideLabel
            value={search.within ?? ''}
            options={any('Any experiment', found.experiments, (id) => id)}
            onChange={(within) => patch({ within: within === '' ? undefined : within })}
          />
        )}
        <Select
          label="Group"
          hideLabel
          value={group}
          options={groupings
            .filter((by) => by !== 'experiment' || withExperiment)
            .filter((by) => by !== 'order' || search.order !== undefined)
            .map((by) => ({ value: by, label: groupWords[by] }))}
          onChange={(by) => patch({ group: by === groupingOf({ order: search.order }) ? undefined : by })}
        />
        <Select<'' | 'yes' | 'no'>
          label="Reviewed"
          hideLabel
          value={search.reviewed ?? ''}
          options={[
            { value: '', label: 'Any review' },
            { value: 'no', label: 'not reviewed yet' },
            { value: 'yes', label: 'reviewed' },
          ]}
          onChange={(reviewed) => patch({ reviewed: reviewed === '' ? undefined : reviewed })}
        />
        {(unfounded > 0 || search.follows !== undefined) && (
          <Select<'' | 'no'>
            label="Follows"
            hideLabel
            value={search.follows ?? ''}
            options={[
              { value: '', label: 'follows or not' },
              { value: 'no', label: `verdict does not follow (${formatCount(unfounded)})` },
            ]}
            // What does not follow may be accepted as well as rejected.
            onChange={(follows) => patch(follows === '' ? { follows: undefined } : { follows, show: 'all' })}
          />
        )}
        <IterationFilter value={search.k} onChange={(k) => patch({ k })} />
        <Button
          size="small"
          variant="ghost"
          icon={<Table size={14} aria-hidden />}
          onClick={() => patch({ as: search.as === 'table' ? undefined : 'table' })}
        >
          {search.as === 'table' ? 'Show as list' : 'Show as table'}
        </Button>
        {isFiltered && (
          <Button size="small" variant="ghost" onClick={() => patch(noFilter)}>
            Clear
          </Button>
        )}
      </div>
    </div>
  );
}

const filterFields = [
  'kind',
  'only',
  'within',
  'k',
  'reviewed',
  'follows',
] as const satisfies (keyof DeskSearch)[];
export const noFilter: DeskSearch = Object.fromEntries(filterFields.map((field) => [field, undefined]));

function namesIn(rows: readonly DeskRow[]) {
  const kinds = new Set(rows.map((row) => row.kind));
  const sorted = (names: Iterable<string>) =>
    [...new Set(names)].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  return {
    kinds: proposalKinds.filter((kind) => kinds.has(kind)),
    agents: sorted(rows.map((row) => row.proposal.agentId)),
    experiments: sorted(rows.map((row) => row.experimentId)),
  };
}

function countsOf(rows: readonly DeskRow[]): VerdictCounts & { readonly all: number } {
  const counts = countVerdicts(rows.map((row) => row.proposal));
  return { ...counts, all: rows.length };
}

interface IterationFilterProps {
  /** `7` or `3-12`. */
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

const grammar = /^\d{1,9}(-\d{1,9})?$/;

/** One iteration or a range. What cannot be read filters nothing, and is marked. */
function IterationFilter({ value, onChange }: IterationFilterProps) {
  const id = useId();
  const [text, setText] = useState(value ?? '');
  useEffect(() => {
    setText((before) => (readable(before) === value ? before : (value ?? '')));
  }, [value]);
  const isUnread = text.trim() !== '' && readable(text) === undefined;
  return (
    <>
      <input
        className={fields.control}
        aria-label="Iteration or range, as 3-12"
        aria-invalid={isUnread}
        aria-describedby={isUnread ? id : undefined}
        placeholder="iterations"
        inputMode="numeric"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          onChange(readable(event.target.value));
        }}
      />
      {isUnread && (
        <span id={id} className={fields.error}>
          Write 7, or 3-12.
        </span>
      )}
    </>
  );
}

/** A dash that nothing follows yet is left out. */
function readable(text: string): string | undefined {
  const compact = text.replace(/\s/g, '').replace(/[–—]/g, '-').replace(/-$/, '');
  return grammar.test(compact) ? compact : undefined;
}
