import { useAnswer } from '../../data/useAnswer.ts';
import { exchange } from '../../queries/exchange.ts';
import { exchangeContext } from '../../queries/exchangeContext.ts';
import type { IterationScope } from '../../queries/scope.ts';
import type { AgentIteration, Exchange, ExchangeContext } from '../../domain/answers/experiments.ts';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
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
  const answer = useAnswer({ ...exchange.about(asked), enabled: hasExchange });
  const context = useAnswer({ ...exchangeContext.about(asked), enabled: hasExchange });
  return (
    <div className={styles.panel}>
      <header className={styles.head}>
        {titled && <h3>The exchange</h3>}
        {answer.data != null && <span className={styles.quiet}>{metersOf(answer.data)}</span>}
      </header>
      {hasExchange ? (
        <Answered
          key={`${scope.experimentId} ${scope.iteration} ${agentId}`}
          scope={scope}
          agent={agent}
          found={answer.data}
          context={context.data}
          error={answer.error ?? context.error}
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
  readonly found: Exchange | null | undefined;
  readonly context: ExchangeContext | undefined;
  readonly error: Error | null;
}

function Answered({ scope, agent, found, context, error }: AnsweredProps) {
  const before = context?.previousIteration;
  const previous = useAnswer({
    ...exchange.about({ ...scope, iteration: before ?? scope.iteration, agentId: agent.agentId }),
    enabled: before !== undefined,
  });
  if (error !== null) return <ErrorNotice error={error} doing="reading the exchange" />;
  if (found === undefined || context === undefined) return <ProgressBar doing="Reading the exchange" />;
  if (found === null) return <p>The exchange could not be found.</p>;
  if (found.unreadable !== undefined) return <UnreadableExchange texts={[found.unreadable]} />;
  return (
    <>
      <ExchangeFindings exchange={found} context={context} agent={agent} iteration={scope.iteration} />
      <ExchangeSections
        exchange={found}
        context={context}
        previousPrompt={before === undefined ? undefined : previous.data?.userPrompt}
      />
    </>
  );
}
