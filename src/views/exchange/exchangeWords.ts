import { formatCount, formatSeconds } from '../../lib/format.ts';
import type { Exchange, ExchangeContext } from '../../domain/answers/experiments.ts';

/** Model, words and time. What the file calls tokens are words between spaces (domain.md 0.10). */
export function metersOf(exchange: Exchange): string {
  const { model, promptWords, responseWords, latencySeconds } = exchange;
  const parts = [
    model ?? 'model not recorded',
    promptWords === undefined ? undefined : `${formatCount(promptWords)} words asked`,
    responseWords === undefined ? undefined : `${formatCount(responseWords)} answered`,
    latencySeconds === undefined ? undefined : `in ${formatSeconds(latencySeconds)}`,
  ];
  return parts.filter((part) => part !== undefined).join(', ');
}

/** Retries leave no trace; what is stored twice is known by its number. */
export function attemptsSentence({ duplicatesDropped }: Exchange): string | undefined {
  if (duplicatesDropped === 0) return undefined;
  return `Recorded ${duplicatesDropped + 1} times in this iteration; the last one is shown.`;
}

/** Since when the system prompt stands. */
export function systemPromptWords(context: ExchangeContext): string | undefined {
  const { systemPrompt, systemPromptSince: since, comparedSince, previousIteration } = context;
  switch (systemPrompt) {
    case 'changed':
      return `changed since iteration ${previousIteration ?? ''}`.trimEnd();
    case 'unchanged':
      if (since === undefined) return 'unchanged';
      return since === comparedSince && since > 0
        ? `unchanged since iteration ${since} or earlier`
        : `unchanged since iteration ${since}`;
    case 'not compared':
      return undefined;
  }
}
