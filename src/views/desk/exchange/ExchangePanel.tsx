import { deskQuestions } from '../../../data/deskQuestions.ts';
import { questions } from '../../../data/questions.ts';
import { useAnswer } from '../../../data/useAnswer.ts';
import type { IterationScope } from '../../../queries/scope.ts';
import type { AgentIteration, Exchange, ExchangeContext } from '../../../domain/answers/experiments.ts';
import { ProgressBar } from '../../../ui/ProgressBar.tsx';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import { ExchangeFindings } from './ExchangeFindings.tsx';
import { ExchangeSections } from './ExchangeSections.tsx';
import { metersOf } from './exchangeWords.ts';
import styles from './ExchangePanel.module.css';
import { UnreadableExchange } from './UnreadableExchange.tsx';

export interface ExchangePanelProps {
  readonly scope: IterationScope;
  readonly agent: AgentIteration;
  /** False where a card around it has the title. */
  readonly titled?: boolean | undefined;
}

/** What the proposer was given, what of it is new, what it answered and what was read from that; as text. */
export function ExchangePanel({ scope, agent, titled = true }: ExchangePanelProps) {
  const { agentId, hasExchange } = agent;
  const asked = { ...scope, agentId };
  const exchange = useAnswer({ ...questions.exchange(asked), enabled: hasExchange });
  const context = useAnswer({ ...deskQuestions.exchangeContext(asked), enabled: hasExchange });
  return (
    <div className={styles.panel}>
      <header className={styles.head}>
        {titled && <h3>The exchange</h3>}
        {exchange.data != null && <span className={styles.quiet}>{metersOf(exchange.data)}</span>}
      </header>
      {hasExchange ? (
        <Answered
          key={`${scope.experimentId} ${scope.iteration} ${agentId}`}
          scope={scope}
          agent={agent}
          exchange={exchange.data}
          context={context.data}
          error={exchange.error ?? context.error}
        />
      ) : (
        agent.unreadableExchanges.length === 0 && (
          <p>No exchange with the proposer is recorded for this agent in this iteration.</p>
        )
      )}
      <UnreadableExchange texts={agent.unreadableExchanges} />
    </div>
  );
}

interface AnsweredProps extends Omit<ExchangePanelProps, 'titled'> {
  readonly exchange: Exchange | null | undefined;
  readonly context: ExchangeContext | undefined;
  readonly error: Error | null;
}

function Answered({ scope, agent, exchange, context, error }: AnsweredProps) {
  const before = context?.previousIteration;
  const previous = useAnswer({
    ...questions.exchange({ ...scope, iteration: before ?? scope.iteration, agentId: agent.agentId }),
    enabled: before !== undefined,
  });
  if (error !== null) return <ErrorNotice error={error} doing="reading the exchange" />;
  if (exchange === undefined || context === undefined) return <ProgressBar doing="Reading the exchange" />;
  if (exchange === null) return <p>The exchange could not be found.</p>;
  if (exchange.unreadable !== undefined) return <UnreadableExchange texts={[exchange.unreadable]} />;
  return (
    <>
      <ExchangeFindings exchange={exchange} context={context} agent={agent} iteration={scope.iteration} />
      <ExchangeSections
        exchange={exchange}
        context={context}
        previousPrompt={before === undefined ? undefined : previous.data?.userPrompt}
      />
    </>
  );
}
