import { useAnswer, useAsk } from '../../../data/useAnswer.ts';
import { bookChecks } from '../../../queries/run/bookChecks.ts';
import { eventPage } from '../../../queries/run/runEvents.ts';
import type { RunScope } from '../../../queries/scope.ts';
import type { BookCheck, EventRow } from '../../../domain/answers/runs.ts';
import { ProgressBar } from '../../../ui/ProgressBar.tsx';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import { useEventFilter } from '../events/useEventFilter.ts';
import { BooksCard } from './BooksCard.tsx';

interface RunBooksProps {
  readonly scope: RunScope;
  readonly onEvent: (event: EventRow) => void;
}

/** The checks of a run; the event behind one is shown among all events. */
export function RunBooks({ scope, onEvent }: RunBooksProps) {
  const answer = useAnswer(bookChecks.about(scope));
  const ask = useAsk();
  const filter = useEventFilter();
  const showRows = ({ seqs: [seq] }: BookCheck) => {
    if (seq === undefined) return;
    void ask(eventPage.about({ ...scope, filter: {}, offset: seq, limit: 1 })).then(([event]) => {
      if (event === undefined) return;
      filter.clear();
      onEvent(event);
    });
  };
  if (answer.error !== null) return <ErrorNotice error={answer.error} doing="checking the books" />;
  if (answer.data == null) return <ProgressBar doing="Checking the books of the run" />;
  return <BooksCard checks={answer.data} onRows={showRows} />;
}
