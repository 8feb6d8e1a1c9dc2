import type { AgentIteration, Exchange, ExchangeContext } from '../../domain/answers/experiments.ts';
import { Notice } from '../../ui/Notice.tsx';
import { attemptsSentence } from './exchangeWords.ts';
import { parsedFindings } from './parsedSentence.ts';
import { plainError } from './plainError.ts';

interface ExchangeFindingsProps {
  readonly exchange: Exchange;
  readonly context: ExchangeContext;
  readonly agent: AgentIteration;
  readonly iteration: number;
}

/** What one should know before reading: errors, doubts about the record, and what became of the policy. */
export function ExchangeFindings({ exchange, context, agent, iteration }: ExchangeFindingsProps) {
  const { parsedPolicy, parsingError } = exchange;
  const { sameAs } = context;
  const findings = parsedFindings(parsedPolicy, agent, context, iteration);
  const attempts = attemptsSentence(exchange);
  return (
    <>
      {sameAs !== undefined && (
        <Notice tone="warning">
          Prompt and answer are those recorded for {sameAs.agentId} in iteration {sameAs.iteration}. After an
          error the writer stores the last exchange once more, so this one may not belong to {agent.agentId}.
        </Notice>
      )}
      {parsingError !== undefined && (
        <ParsingError message={parsingError} hasPolicy={parsedPolicy !== undefined} />
      )}
      {parsingError === undefined && parsedPolicy === undefined && (
        <Notice tone="warning">No policy was read from the answer, and no error is recorded.</Notice>
      )}
      {findings
        .filter(({ isOdd }) => isOdd)
        .map(({ words }) => (
          <Notice key={words} tone="warning">
            {words}
          </Notice>
        ))}
      <p>
        {findings
          .filter(({ isOdd }) => !isOdd)
          .map(({ words }) => words)
          .concat(attempts ?? [])
          .join(' ')}
      </p>
    </>
  );
}

function ParsingError({ message, hasPolicy }: { message: string; hasPolicy: boolean }) {
  const plain = plainError(message);
  return (
    <Notice tone="warning">
      {hasPolicy ? 'A policy was read and turned down by validation. ' : 'The answer could not be used. '}
      {plain !== undefined && <>{plain} </>}
      Recorded: <q>{message}</q>
    </Notice>
  );
}
