import X from 'lucide-react/icons/x';
import { useEffect, useRef } from 'react';

import type { OpenFile } from '../../data/session/state.ts';
import { useSession, useSessionState } from '../../data/SessionContext.tsx';
import { useJoinedAnswers } from '../../data/useAnswer.ts';
import { useSamples } from '../../data/useSamples.ts';
import type { DeskExperiment } from '../../domain/answers/desk.ts';
import { deskQueue } from '../../queries/deskQueue.ts';
import { type Findable, findable } from '../../queries/findable.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { hrefTo } from '../../url/addresses.ts';
import type { FileSearch } from '../../url/fields.ts';
import { goToTourStep, leaveTour, TOUR_STEPS } from '../../views/shared/tour.ts';
import { useAddress } from '../../views/shared/useAddress.ts';
import styles from './Tour.module.css';

interface Step {
  readonly title: string;
  readonly words: string;
  readonly href: string;
}

/**
 * Five places of the sample, each with what is to be seen there. It stands beside the screens, stops nobody and is left
 * at any time; a reader who clicks elsewhere comes back with "Next".
 */
export function Tour({ step }: { readonly step: number }) {
  const session = useSession();
  const { opening } = useSessionState();
  const { go } = useAddress();
  const [offered] = useSamples();
  const sample = useSessionState().files.find((file) => file.linkToken === 'sample');
  const steps = useSteps(sample);
  const shown = steps?.[step];
  const heading = useRef<HTMLHeadingElement>(null);

  const asked = useRef(false);
  useEffect(() => {
    if (sample !== undefined || offered === undefined || asked.current) return;
    asked.current = true;
    void session.open([offered.source]);
  }, [sample, offered, session]);

  const gone = useRef<string>(undefined);
  useEffect(() => {
    if (shown === undefined || gone.current === shown.href) return;
    gone.current = shown.href;
    go(shown.href);
    heading.current?.focus();
  }, [shown, go]);

  const isLast = step === TOUR_STEPS - 1;
  return (
    <aside
      className={styles.tour}
      aria-label="Tour"
      data-keeps-focus
      onKeyDown={(event) => {
        if (event.key === 'Escape') leaveTour(false);
      }}
    >
      <header className={styles.head}>
        <h2 ref={heading} tabIndex={-1}>
          {shown?.title ?? 'The sample opens'}
        </h2>
        <span>
          {step + 1} of {TOUR_STEPS}
        </span>
        <button
          type="button"
          aria-label="Leave the tour"
          className={buttonClass({ variant: 'ghost', square: true })}
          onClick={() => leaveTour(false)}
        >
          <X size={16} aria-hidden />
        </button>
      </header>
      <p aria-live="polite">
        {shown?.words ??
          (offered === undefined && opening === undefined
            ? 'The tour goes through the sample, which this copy of Iterscope does not have.'
            : 'The tour goes through the sample. It is there in a moment.')}
      </p>
      <div className={styles.ways}>
        <Button disabled={step === 0} onClick={() => goToTourStep(step - 1)}>
          Back
        </Button>
        <Button
          variant="primary"
          onClick={() => {
            if (isLast) leaveTour(true);
            else goToTourStep(step + 1);
          }}
        >
          {isLast ? 'Finish' : 'Next'}
        </Button>
      </div>
    </aside>
  );
}

/** Undefined until the sample is open and read. */
function useSteps(sample: OpenFile | undefined): readonly Step[] | undefined {
  const { search } = useAddress();
  const questions = sample === undefined ? [] : [sample];
  const queues = useJoinedAnswers(questions.map(({ fileId }) => deskQueue.about({ fileId })));
  const found = useJoinedAnswers(
    questions.map(({ fileId }) => findable.about({ fileId, withOrphans: false })),
  );
  const [queue, places] = [queues.data[0], found.data[0]];
  if (sample === undefined || queue === undefined || places === undefined) return undefined;
  return stepsIn(queue, places, { db: search.db, in: sample.name });
}

/** The steps through a file; empty where it holds no proposal that was rejected. */
function stepsIn(
  queue: readonly DeskExperiment[],
  { runs }: Findable,
  here: FileSearch & { readonly in: string },
): readonly Step[] {
  const rejected = queue.flatMap(({ experimentId, entries }) =>
    entries.flatMap(({ proposal, kind }) =>
      proposal.verdict === 'rejected' ? [{ experimentId, proposal, kind }] : [],
    ),
  );
  // One that was cheaper on average and rejected all the same shows best what a verdict rests on.
  const chosen = rejected.find(({ kind }) => kind === 'not_significant') ?? rejected[0];
  if (chosen === undefined) return [];
  const { experimentId, proposal } = chosen;
  const { iteration, agentId } = proposal;
  const at = { experimentId, iteration, agent: agentId };
  const run =
    runs.find((id) => id.startsWith(`${experimentId}-iter${iteration}-`)) ??
    runs.find((id) => id.startsWith(experimentId)) ??
    runs[0];
  return [
    {
      title: 'Experiments',
      words:
        'Each row is one experiment: a loop that evaluates the policies in force, asks for at most one proposal for each agent, and gives each proposal a verdict.',
      href: hrefTo('/experiments', here),
    },
    {
      title: 'Proposal',
      words: `A proposal is a policy that the proposer offers for one agent in one iteration. The upper panel shows the policies, the lower one what they cost. A cross is a rejected proposal; here ${agentId} in iteration ${iteration} is selected.`,
      href: hrefTo('/experiments/$experimentId', here, { experimentId, iteration }),
    },
    {
      title: 'Verdict',
      words:
        'A verdict says what became of a proposal, by the acceptance rules of its experiment. Iterscope recomputes it from the stored samples and says so where the two do not agree.',
      href: hrefTo('/experiments/$experimentId/iterations/$iteration', here, at),
    },
    {
      title: 'Desk',
      words:
        'On the desk, proposals are reviewed one after the other: what changes, what the samples say, what the proposer wrote. Agree, disagree, leave a note; that stays in this browser until you send it.',
      href: hrefTo('/experiments/$experimentId/proposals', here, { ...at, show: 'rejected' }),
    },
    ...(run === undefined
      ? []
      : [
          {
            title: 'Run',
            words:
              'A run is one simulation of payments: the source of a cost. Play it or step through its ticks; balances, queues, events and each payment follow.',
            href: hrefTo('/runs/$simulationId', here, { simulationId: run, tick: 3 }),
          },
        ]),
  ];
}
