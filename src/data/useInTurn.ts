import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';

import type { Question } from '../queries/query.ts';
import { optionsOf } from './asking.ts';
import { useSession } from './SessionContext.tsx';

/** Many questions that are asked one after the other, on request. */
export interface InTurn<T> {
  /** Undefined where one is not answered yet; in the order of the questions. */
  readonly answers: readonly (T | undefined)[];
  readonly isAsking: boolean;
  readonly error: Error | undefined;
  /** Asks those that are not answered yet. */
  readonly start: () => void;
  /** What was answered stays, so that the next start goes on from there. */
  readonly cancel: () => void;
}

/** Often enough for a bar that moves. */
const updateMs = 200;

/**
 * Asks in turn, as each may need much room in the engine. Answers that are kept from before are there at once; leaving
 * the page stops the asking. The questions must stay the same while the component is on screen.
 */
export function useInTurn<T>(questions: readonly Question<T>[]): InTurn<T> {
  const session = useSession();
  const client = useQueryClient();
  const [answers, setAnswers] = useState<readonly (T | undefined)[]>(() =>
    questions.map((question) => client.getQueryData<T>(question.key)),
  );
  const [isAsking, setAsking] = useState(false);
  const [error, setError] = useState<Error>();
  const controller = useRef<AbortController>(undefined);
  const cancel = useCallback(() => controller.current?.abort(), []);
  useEffect(() => cancel, [cancel]);

  const start = useCallback(async () => {
    controller.current?.abort();
    const own = new AbortController();
    controller.current = own;
    setAsking(true);
    setError(undefined);
    const endWork = session.beginWork();
    const found = questions.map((question) => client.getQueryData<T>(question.key));
    let shownAt = 0;
    try {
      for (const [i, question] of questions.entries()) {
        if (own.signal.aborted) return;
        if (found[i] !== undefined) continue;
        const stop = () => void client.cancelQueries({ queryKey: question.key, exact: true });
        own.signal.addEventListener('abort', stop, { once: true });
        found[i] = await client.query(optionsOf(session, question));
        own.signal.removeEventListener('abort', stop);
        if (performance.now() < shownAt + updateMs) continue;
        shownAt = performance.now();
        setAnswers([...found]);
      }
    } catch (cause) {
      if (!own.signal.aborted) setError(cause instanceof Error ? cause : new Error(String(cause)));
    } finally {
      endWork();
      // One that was begun anew shows its own.
      if (controller.current === own) {
        setAnswers([...found]);
        setAsking(false);
      }
    }
  }, [questions, session, client]);

  return { answers, isAsking, error, start: () => void start(), cancel };
}
