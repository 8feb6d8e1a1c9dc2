import { useCallback, useEffect, useMemo, useRef, type RefObject } from 'react';
import { doesNotFollow } from '../../domain/contradictions/contradiction.ts';
import type { OpenFile } from '../../data/session/state.ts';
import type { ExperimentSummary } from '../../domain/experiment/normalised.ts';
import { cx } from '../../ui/cx.ts';
import { useShortcuts } from '../../ui/useShortcuts.ts';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import { useAddress, useGridSort, hasReturned } from '../shared/useAddress.ts';
import { useReviews } from '../../storage/reviews/useReviews.ts';
import { arrange, type Arranged, filterRows, groupingOf, isShown, showOf } from './arrange.ts';
import styles from './Desk.module.css';
import type { ContradictionsOf, DeskRow } from '../shared/proposals/deskRow.ts';
import { JudgementPanel } from './judgement/JudgementPanel.tsx';
import { ownOpinion } from './judgement/judgements.ts';
import { ProposalView } from './ProposalView.tsx';
import { WhatIfPanel } from './whatif/WhatIfPanel.tsx';
import type { SpreadOf } from '../shared/proposals/ReadingProposals.tsx';
import { usePosition, type Position } from './usePosition.ts';
import { deskFields, type DeskSearch } from './fields.ts';
import { formatCount } from '../../lib/format.ts';
import type { Opinion } from '../../storage/reviews/review.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import { deskColumns } from './deskColumns.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { noFilter, QueueFilters } from './QueueFilters.tsx';
import { QueueList } from './QueueList.tsx';

interface DeskProps {
  readonly rows: readonly DeskRow[];
  /** Experiments that stand in several open files and are listed once. */
  readonly copies: number;
  readonly spreadOf: SpreadOf;
  readonly contradictionsOf: ContradictionsOf;
  /** Undefined: everything that is open. */
  /** Those that the conditions of the address leave out too. */
  readonly whole?: readonly DeskRow[] | undefined;
  readonly experiment: { readonly file: OpenFile; readonly summary: ExperimentSummary } | undefined;
}

const neverAsked = () => false;

/** The queue on the left, the selected proposal beside it, and what the reader thinks of it. */
export function Desk({ rows, whole = rows, copies, spreadOf, contradictionsOf, experiment }: DeskProps) {
  const { search } = useAddress(deskFields);
  const { kind, only, within, k, reviewed, follows } = search;
  const reviews = useReviews();
  const { byProposal, reviewer } = reviews;
  const opinionOf = useCallback(
    (row: DeskRow) => ownOpinion({ byProposal, reviewer }, row.reviewKey),
    [byProposal, reviewer],
  );
  const show = showOf(search);
  const group = groupingOf(search);
  // Judgements arrange the list anew only where it hangs on them.
  const hangsOnReviews = reviewed !== undefined || group === 'reviewed';
  const isReviewed = useMemo(
    () => (hangsOnReviews ? (row: DeskRow) => opinionOf(row) !== undefined : neverAsked),
    [hangsOnReviews, opinionOf],
  );
  const isUnfounded = useCallback(
    (row: DeskRow) => contradictionsOf(row).some(doesNotFollow),
    [contradictionsOf],
  );
  const filtered = useMemo(
    () => filterRows(rows, { kind, only, within, k, reviewed, follows }, { isReviewed, isUnfounded }),
    [rows, kind, only, within, k, reviewed, follows, isReviewed, isUnfounded],
  );
  const arranged = useMemo(
    () =>
      arrange(
        filtered.filter((row) => isShown(row, show)),
        group,
        isReviewed,
      ),
    [filtered, show, group, isReviewed],
  );
  const position = usePosition(rows, arranged.rows, experiment !== undefined);
  const { selected, isNamed, isLast, move } = position;
  const asTable = search.as === 'table';
  const pane = useKeptPane(asTable ? undefined : selected?.key);
  const queuePart = useFocusKept(pane, isNamed, selected?.key);
  const next = () => move(1);
  const previous = () => move(-1);
  useShortcuts(asTable ? {} : { j: next, k: previous, ArrowDown: next, ArrowUp: previous });
  // Those already judged count, also where the list leaves them out.
  const counted = useMemo(
    () =>
      filterRows(rows, { kind, only, within, k, follows }, { isReviewed: neverAsked, isUnfounded })
        .filter((row) => isShown(row, show))
        .map((row) => row.reviewKey),
    [rows, kind, only, within, k, follows, isUnfounded, show],
  );
  return (
    <div className={cx(styles.desk, asTable ? styles.asTable : isNamed && styles.named)}>
      <VisuallyHidden>
        <h1>Rejection desk</h1>
      </VisuallyHidden>
      <QueueFilters
        all={rows}
        rows={filtered}
        copies={copies}
        contradictionsOf={contradictionsOf}
        withExperiment={experiment === undefined}
      />
      {!asTable && (
        <Queue
          part={queuePart}
          all={rows}
          filtered={filtered}
          arranged={arranged}
          position={position}
          opinionOf={opinionOf}
          spreadOf={spreadOf}
          contradictionsOf={contradictionsOf}
          withExperiment={experiment === undefined}
        />
      )}
      {asTable && (
        <DeskTable
          rows={arranged.rows}
          whole={whole}
          selectedKey={isNamed ? selected?.key : undefined}
          opinionOf={opinionOf}
          spreadOf={spreadOf}
          contradictionsOf={contradictionsOf}
          hrefOf={position.hrefOf}
          onSelect={position.select}
        />
      )}
      {/* The judgement comes first: one tab stop from the list, however much there is to read of the proposal. */}
      <div className={styles.right} hidden={asTable}>
        {!asTable && selected !== undefined && (
          <div className={styles.side}>
            <JudgementPanel
              proposal={selected.reviewKey}
              verdict={selected.proposal.verdict}
              queue={counted}
              onJudge={position.stay}
              onNext={isLast ? undefined : next}
              proposals={() => rows.map(({ reviewKey, proposal }) => ({ key: reviewKey, proposal }))}
            />
            <WhatIfPanel all={rows} selected={selected} />
          </div>
        )}
        <div ref={pane} className={styles.detail}>
          {!asTable && selected !== undefined && (
            <ProposalView
              key={selected.key}
              row={selected}
              contradictions={contradictionsOf(selected)}
              onBack={position.leave}
            />
          )}
          {!asTable && selected === undefined && (
            <NothingSelected
              all={rows}
              listed={arranged.rows}
              position={position}
              where={experiment === undefined ? amongRead(search) : 'in this file'}
            />
          )}
        </div>
      </div>
    </div>
  );
}

/** How far each proposal was scrolled when it was left. */
const keptTops = new Map<string, number>();
/** Frames in which a proposal that is still being read may grow to where it was left. */
const patience = 600;

/** Puts the proposal that one comes back to where it was left; every other begins at its top. */
function useKeptPane(key: string | undefined): RefObject<HTMLDivElement | null> {
  const pane = useRef<HTMLDivElement>(null);
  const isFirst = useRef(true);
  useEffect(() => {
    const element = pane.current;
    if (element === null || key === undefined) return undefined;
    const wanted = isFirst.current ? (keptTops.get(key) ?? 0) : 0;
    isFirst.current = false;
    let frames = wanted === 0 ? 0 : patience;
    element.scrollTop = 0;
    let frame = 0;
    const keep = () => {
      if (frames === 0) keptTops.set(key, element.scrollTop);
    };
    const stop = () => {
      frames = 0;
    };
    const grow = () => {
      if (frames === 0) return;
      frames -= 1;
      // Whether it was Back that led here is known a little after the screen is drawn.
      if (hasReturned()) element.scrollTop = wanted;
      else frames = Math.min(frames, 30);
      if (Math.abs(element.scrollTop - wanted) < 2) frames = 0;
      else frame = requestAnimationFrame(grow);
    };
    grow();
    element.addEventListener('scroll', keep, { passive: true });
    for (const moved of ['wheel', 'pointerdown', 'keydown']) addEventListener(moved, stop, { passive: true });
    return () => {
      cancelAnimationFrame(frame);
      element.removeEventListener('scroll', keep);
      for (const moved of ['wheel', 'pointerdown', 'keydown']) removeEventListener(moved, stop);
    };
  }, [key]);
  return pane;
}

/**
 * Where list and proposal take each other's place (a narrow window), the focus goes along: to the heading of the
 * proposal that opens, back to the row it was opened from. Gives the ref of the list.
 */
function useFocusKept(
  pane: RefObject<HTMLElement | null>,
  isNamed: boolean,
  key: string | undefined,
): RefObject<HTMLElement | null> {
  const queue = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  useEffect(() => {
    // What is focused on arrival is the shell's to say.
    const arrives = isFirst.current;
    isFirst.current = false;
    const list = queue.current;
    const detail = pane.current;
    if (arrives || list === null || detail === null) return;
    const focused = document.activeElement ?? document.body;
    const isLost = focused === document.body || list.contains(focused) || detail.contains(focused);
    if (!isLost) return;
    if (isHidden(list)) detail.querySelector<HTMLElement>('h2')?.focus();
    else if (isHidden(detail.parentElement)) {
      list.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
    }
  }, [pane, isNamed, key]);
  return queue;
}

const isHidden = (part: Element | null) => part !== null && getComputedStyle(part).display === 'none';

interface NothingSelectedProps {
  readonly all: readonly DeskRow[];
  readonly listed: readonly DeskRow[];
  readonly position: Position;
  /** Where a proposal was looked for in vain. */
  readonly where: string;
}

/** Why no proposal is shown. Another one than a link names never takes its place: it would be judged for it. */
function NothingSelected({ all, listed, position, where }: NothingSelectedProps) {
  const { lost, select, leave } = position;
  const { patch } = useAddress(deskFields);
  const [first] = listed;
  if (lost === undefined || all.length === 0) {
    return all.length === 0 ? (
      <p className={styles.nothing}>Open a file with proposals to review them here.</p>
    ) : (
      <div className={styles.nothing}>
        <p>No proposal of this verdict fits the filters.</p>
        <Button onClick={() => patch({ ...noFilter, show: 'all' })}>Show all proposals</Button>
      </div>
    );
  }
  return (
    <Notice
      tone="warning"
      actions={
        <>
          {first !== undefined && <Button onClick={() => select(first)}>Show the first of the list</Button>}
          <span className={styles.back}>
            <Button onClick={leave}>All proposals</Button>
          </span>
        </>
      }
    >
      The proposal of {lost} is not {where}.
    </Notice>
  );
}

function amongRead({ f }: DeskSearch): string {
  return f === undefined ? 'among the proposals read' : 'among the proposals that fit the conditions';
}

const unfounded = { 'data-follows': 'no' } as const;

interface DeskTableProps {
  /** In the order of the list. */
  readonly rows: readonly DeskRow[];
  readonly whole: readonly DeskRow[];
  readonly selectedKey: string | undefined;
  readonly opinionOf: (row: DeskRow) => Opinion | undefined;
  readonly spreadOf: SpreadOf;
  readonly contradictionsOf: ContradictionsOf;
  readonly hrefOf: (row: DeskRow) => string;
  readonly onSelect: (row: DeskRow) => void;
}

/** The listed proposals with every column, to sort and to take away. */
function DeskTable(props: DeskTableProps) {
  const { rows, whole, selectedKey, opinionOf, spreadOf, contradictionsOf, hrefOf, onSelect } = props;
  const columns = useMemo(
    () => deskColumns(opinionOf, spreadOf, contradictionsOf, rows),
    [opinionOf, spreadOf, contradictionsOf, rows],
  );
  const [sort, setSort] = useGridSort(useAddress(deskFields));
  return (
    <div className={styles.table}>
      <Card title="Proposals" aside={formatCount(rows.length)}>
        <DataGrid
          name="Proposals"
          columns={columns}
          rows={rows}
          rowKey={(row) => row.key}
          rowData={(row) => (contradictionsOf(row).some(doesNotFollow) ? unfounded : undefined)}
          rowHref={hrefOf}
          onSelect={onSelect}
          selectedKey={selectedKey}
          sort={sort}
          onSortChange={setSort}
          whole={whole.length === rows.length ? undefined : { columns, rows: whole }}
          emptyText="No proposal fits the filters."
        />
      </Card>
    </div>
  );
}

interface QueueProps {
  readonly part: RefObject<HTMLElement | null>;
  readonly all: readonly DeskRow[];
  /** Passed by the filters, whatever the verdict. */
  readonly filtered: readonly DeskRow[];
  readonly arranged: Arranged;
  readonly position: Position;
  readonly opinionOf: (row: DeskRow) => Opinion | undefined;
  readonly spreadOf: SpreadOf;
  readonly contradictionsOf: ContradictionsOf;
  readonly withExperiment: boolean;
}

/** The proposals to go through. */
function Queue(props: QueueProps) {
  const { all, filtered, arranged, position, opinionOf, spreadOf, contradictionsOf } = props;
  const { part, withExperiment } = props;
  return (
    <section ref={part} className={styles.queue} aria-label="Queue">
      <QueueList
        items={arranged.items}
        rowCount={arranged.rows.length}
        selectedKey={position.selected?.key}
        onSelect={position.select}
        onMove={position.move}
        opinionOf={opinionOf}
        spreadOf={spreadOf}
        contradictionsOf={contradictionsOf}
        withExperiment={withExperiment}
        emptyText={emptyWords(all.length, filtered.length)}
      />
      <div className={styles.foot}>
        <span>
          <Kbd name="j" /> <Kbd name="k" /> next, previous
        </span>
        <span>
          <Kbd name="a" /> <Kbd name="d" /> <Kbd name="u" /> judge
        </span>
        <span>
          <Kbd name="w" /> note
        </span>
      </div>
    </section>
  );
}

/** What is missing, and what to do about it. */
function emptyWords(all: number, filtered: number): string {
  if (all === 0) return 'No proposal is recorded here. Open a file of an experiment whose proposer answered.';
  return filtered === 0
    ? 'No proposal fits the filters. Clear them to see all.'
    : 'No proposal of this verdict fits the filters. Choose another verdict.';
}
