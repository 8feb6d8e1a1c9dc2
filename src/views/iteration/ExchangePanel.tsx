import { questions } from '../../data/questions.ts';
import { useAnswer } from '../../data/useAnswer.ts';
import { formatCount, formatSeconds } from '../../lib/format.ts';
import type { IterationScope } from '../../queries/scope.ts';
import type { AgentIteration, Exchange } from '../../schema/answers.ts';
import { Disclosure } from '../../ui/Disclosure.tsx';
import { LongText } from '../../ui/LongText.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import { prettyJson } from '../shared/prettyJson.ts';

/** What the proposer was given and what it answered, as text. */
export function ExchangePanel({ scope, agent }: { scope: IterationScope; agent: AgentIteration }) {
  const { data, error, isPending } = useAnswer({
    ...questions.exchange({ ...scope, agentId: agent.agentId }),
    enabled: agent.hasExchange,
  });
  if (!agent.hasExchange) {
    return (
      <>
        <h3>The exchange</h3>
        <p>No exchange with the proposer is recorded for this agent in this iteration.</p>
      </>
    );
  }
  if (error !== null) return <ErrorNotice error={error} doing="reading the exchange" />;
  if (isPending) return <ProgressBar doing="Reading the exchange" />;
  return data === null ? <p>The exchange could not be found.</p> : <Recorded exchange={data} />;
}

function Recorded({ exchange }: { exchange: Exchange }) {
  return (
    <>
      <h3>The exchange</h3>
      <p>{summaryOf(exchange)}</p>
      {exchange.parsingError !== undefined && (
        <Notice tone="warning">
          The answer could not be used: <q>{exchange.parsingError}</q>
        </Notice>
      )}
      <Text title="System prompt" text={exchange.systemPrompt} />
      <Text title="User prompt" text={exchange.userPrompt} />
      <Text title="Answer" text={exchange.rawResponse} open />
      <Text
        title="Parsed policy"
        text={exchange.parsedPolicy === undefined ? undefined : prettyJson(exchange.parsedPolicy)}
      />
    </>
  );
}

function Text({ title, text, open = false }: { title: string; text: string | undefined; open?: boolean }) {
  if (text === undefined || text === '') return <p>{title}: none recorded.</p>;
  return (
    <Disclosure summary={title} aside={`${formatCount(text.length)} characters`} defaultOpen={open}>
      <LongText what={`the ${title.toLowerCase()}`} text={text} />
    </Disclosure>
  );
}

/** The stored "token" counts are counts of words (domain.md 0.10). */
function summaryOf(exchange: Exchange): string {
  const parts = [
    exchange.model,
    exchange.promptWords === undefined ? undefined : `${formatCount(exchange.promptWords)} words asked`,
    exchange.responseWords === undefined ? undefined : `${formatCount(exchange.responseWords)} answered`,
    exchange.latencySeconds === undefined ? undefined : `in ${formatSeconds(exchange.latencySeconds)}`,
    exchange.duplicatesDropped === 0
      ? undefined
      : `${exchange.duplicatesDropped} older record of the same turn left aside`,
  ];
  return parts.filter((part) => part !== undefined).join(', ');
}
