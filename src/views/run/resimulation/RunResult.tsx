import type { RunCheckResult } from '../../../domain/answers/resimulation.ts';
import { formatCount } from '../../../lib/format.ts';
import { FirstDifferenceView } from './FirstDifferenceView.tsx';
import { eventsWord, outcomeOf, outcomeStatuses, whyNot } from './words.ts';
import { StatusMark } from '../../../ui/StatusMark.tsx';

/** What was found about this one run, in sentences; a difference with both its sides. */
export function RunResult({ result }: { result: RunCheckResult }) {
  const { resimulation, violations, events } = result;
  return (
    <>
      <p>
        <StatusMark status={outcomeStatuses[outcomeOf(result)]} />
      </p>
      {resimulation.kind === 'identical' && (
        <p>All {eventsWord(events)} come out as they are stored, in the same order.</p>
      )}
      {resimulation.kind === 'different' && (
        <>
          <p>
            Event {formatCount(resimulation.first.index)}, counted from 0, is the first that differs. It is in
            tick {formatCount(resimulation.first.tick)}; what follows is not compared.
          </p>
          <FirstDifferenceView first={resimulation.first} />
        </>
      )}
      {resimulation.kind === 'cannot' && <p>{whyNot(resimulation)}</p>}
      {events > 0 && violations.length === 0 && (
        <p>
          All money is whole cents, and what is stored beside the events follows from them: balances, queues,
          costs, payments and totals.
        </p>
      )}
    </>
  );
}
