import { plural } from '../../../lib/format.ts';
import { useMemo } from 'react';
import type { IterationPolicy } from '../../../domain/policy/history/origins.ts';
import { numericParameters } from '../../../domain/policy/parameters.ts';
import type { HistoryEntry } from '../../../domain/answers/desk.ts';
import type { AgentId } from '../../../lib/ids.ts';
import { cx } from '../../../ui/cx.ts';
import { Figure } from '../../../ui/Figure.tsx';
import type { GridColumn } from '../../../ui/grid/gridColumn.ts';
import { rejectionWords, verdictWords } from '../../../domain/experiment/verdict.ts';
import { StatusSign } from '../../../ui/StatusMark.tsx';
import { VerdictMark } from '../../shared/Marks.tsx';
import styles from './History.module.css';
import type { HrefOf } from './HistoryPanel.tsx';
import { firstNumber, numbersOf } from './useHistory.tsx';

interface LineageFigureProps {
  readonly agentId: AgentId;
  readonly inForce: readonly IterationPolicy[];
  readonly entries: readonly HistoryEntry[];
  /** The proposal to mark. */
  readonly iteration: number;
  readonly hrefOf: HrefOf;
}

/** As many as can be followed with the eye; the table has all. */
const mostSteps = 60;
const mostShown = 8;

/** Policies in force in a row from left to right, proposals that came to nothing below. */
export function LineageFigure({ agentId, inForce, entries, iteration, hrefOf }: LineageFigureProps) {
  const steps = useMemo(() => lineageOf(inForce, entries), [inForce, entries]);
  if (steps.length === 0) return undefined;
  const at = Math.max(
    0,
    steps.findLastIndex(({ step }) => step.iteration <= iteration),
  );
  const from = Math.max(0, Math.min(at - mostSteps / 2, steps.length - mostSteps));
  const shown = steps.slice(from, from + mostSteps);
  const cut =
    shown.length < steps.length ? ` ${shown.length} of ${steps.length} are drawn; the table has all.` : '';
  return (
    <section className={styles.part} aria-label="Lineage">
      <h3>Lineage</h3>
      <Figure
        name={`Lineage of ${agentId}`}
        caption={lineageSentence(agentId, steps) + cut}
        table={() => ({ columns: lineageColumns, rows: entries, rowKey: (entry) => String(entry.iteration) })}
        sheet={async () => {
          const { lineageSheet } = await import('../../../charts/export/proposalSheets.ts');
          return lineageSheet({ agentId, inForce, entries, caption: lineageSentence(agentId, steps) });
        }}
      >
        <div
          className={styles.scroller}
          tabIndex={0}
          role="group"
          aria-label="Policies in force, first to last"
        >
          <ol className={styles.inForce}>
            {shown.map((step) => (
              <Step key={step.step.iteration} lineage={step} iteration={iteration} hrefOf={hrefOf} />
            ))}
          </ol>
        </div>
      </Figure>
    </section>
  );
}

interface StepProps {
  readonly lineage: LineageStep;
  readonly iteration: number;
  readonly hrefOf: HrefOf;
}

function Step({ lineage: { step, broughtBy, others }, iteration, hrefOf }: StepProps) {
  // The marked one is drawn whatever comes before it.
  const marked = others.findIndex((proposal) => proposal.iteration === iteration);
  const from = Math.max(0, Math.min(marked - 2, others.length - mostShown));
  const shown = others.slice(from, from + mostShown);
  const first = firstNumber(numericParameters(step.policy));
  return (
    <li className={styles.step}>
      <div className={styles.knot}>
        <StatusSign shape="dot" size={12} className={styles.dot} />
      </div>
      <div className={styles.label}>
        {broughtBy === undefined ? (
          <span>iteration {step.iteration}</span>
        ) : (
          <a
            href={hrefOf(broughtBy.iteration, broughtBy.agentId)}
            aria-current={broughtBy.iteration === iteration || undefined}
            aria-label={`Proposed in iteration ${broughtBy.iteration}, in force from ${step.iteration}`}
            className={cx(broughtBy.iteration === iteration && styles.here)}
          >
            from {step.iteration}
          </a>
        )}
        {first !== undefined && <span className={styles.number}>{first}</span>}
      </div>
      {shown.length > 0 && (
        <ul className={styles.others}>
          {from > 0 && <li className={styles.more}>{from} before</li>}
          {shown.map((proposal) => (
            <OtherProposal
              key={proposal.iteration}
              proposal={proposal}
              isHere={proposal.iteration === iteration}
              hrefOf={hrefOf}
            />
          ))}
          {from + shown.length < others.length && (
            <li className={styles.more}>{others.length - from - shown.length} more</li>
          )}
        </ul>
      )}
    </li>
  );
}

function OtherProposal({
  proposal,
  isHere,
  hrefOf,
}: {
  proposal: HistoryEntry;
  isHere: boolean;
  hrefOf: HrefOf;
}) {
  const { iteration, agentId, verdict } = proposal;
  const first = firstNumber(proposal.structure?.parameters);
  return (
    <li>
      <a
        href={hrefOf(iteration, agentId)}
        aria-current={isHere || undefined}
        className={cx(styles.proposal, isHere && styles.here)}
        title={`Iteration ${iteration}: ${numbersOf(proposal)}, ${verdictWords[verdict]}`}
        aria-label={`Iteration ${iteration}: ${numbersOf(proposal)}, ${verdictWords[verdict]}`}
      >
        <span aria-hidden className={styles.otherMark}>
          <VerdictMark verdict={verdict} />
        </span>
        <span>
          {iteration}: {first ?? '–'}
        </span>
      </a>
    </li>
  );
}

const lineageColumns: readonly GridColumn<HistoryEntry>[] = [
  { id: 'iteration', header: 'Iteration', value: (entry) => entry.iteration, align: 'end', width: 80 },
  { id: 'numbers', header: 'Proposed', value: numbersOf, width: 240, grow: true },
  {
    id: 'verdict',
    header: 'Verdict',
    value: (entry) => verdictWords[entry.verdict],
    render: ({ verdict, rejectionKind, reason }) => (
      <VerdictMark verdict={verdict} detail={rejectionKind && rejectionWords(rejectionKind, reason)} />
    ),
    width: 240,
  },
  { id: 'reason', header: 'Reason', value: (entry) => entry.reason, width: 220 },
];

/** A policy in force, and what was proposed against it in vain. */
interface LineageStep {
  readonly step: IterationPolicy;
  /** The proposal that brought it; undefined for the first policy, and where none is recorded. */
  readonly broughtBy: HistoryEntry | undefined;
  readonly others: readonly HistoryEntry[];
}

/** Accepted policies in a row, other proposals at the step they were made against. */
export function lineageOf(
  inForce: readonly IterationPolicy[],
  entries: readonly HistoryEntry[],
): readonly LineageStep[] {
  const accepted = new Map(
    entries.flatMap((entry) => (entry.verdict === 'accepted' ? [[entry.iteration, entry] as const] : [])),
  );
  const inOrder = [...entries].sort((a, b) => a.iteration - b.iteration);
  let next = 0;
  return inForce.map((step, place) => {
    const end = inForce[place + 1]?.iteration ?? Infinity;
    const others: HistoryEntry[] = [];
    for (let entry = inOrder[next]; entry !== undefined && entry.iteration < end; entry = inOrder[next]) {
      next += 1;
      if (entry.iteration < step.iteration) continue;
      if (entry.verdict !== 'accepted' || entry.iteration !== end - 1) others.push(entry);
    }
    return { step, broughtBy: accepted.get(step.iteration - 1), others };
  });
}

/** `9 policies in force, one after the other; 7 proposals did not come into force, 7 of them against the last.` */
export function lineageSentence(agentId: string, steps: readonly LineageStep[]): string {
  const all = steps.flatMap((step) => step.others);
  const open = all.filter(({ verdict }) => verdict === 'pending').length;
  const others = all.length - open;
  const most = steps.reduce<LineageStep | undefined>(
    (best, step) => (best === undefined || step.others.length > best.others.length ? step : best),
    undefined,
  );
  const policies = `${plural(steps.length, 'policy', 'policies')} of`;
  const force = steps.length === 1 ? 'was in force' : 'were in force, one after the other';
  const vain =
    others === 0
      ? 'no other proposal was made'
      : `${plural(others, 'other proposal')} did not come into force`;
  const against =
    most === undefined || others < 2
      ? ''
      : `, ${most.others.length === all.length ? 'all' : `${most.others.length} of them`} against the policy of iteration ${most.step.iteration}`;
  const undecided = open === 0 ? '' : `; ${open} undecided`;
  return `${policies} ${agentId} ${force}; ${vain}${against}${undecided}.`;
}
