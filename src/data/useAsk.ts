import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';

import { useSession } from './SessionContext.tsx';
import { optionsOf, type Question } from './useAnswer.ts';

/** Asks a question once, when something is pressed; an answer that is there already is taken. */
export function useAsk(): <T>(question: Question<T>) => Promise<T> {
  const session = useSession();
  const client = useQueryClient();
  return useCallback((question) => client.query(optionsOf(session, question)), [client, session]);
}
