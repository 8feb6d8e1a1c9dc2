import type { IterationDetail } from '../../domain/answers/experiments.ts';
import type { AgentId } from '../../lib/ids.ts';
import type { IterationScope } from '../../queries/scope.ts';
import { Select } from '../../ui/Select.tsx';
import { AgentSection } from './AgentSection.tsx';

/** More agents than this are set out one at a time: each fills a screen, and asks the file for its runs. */
export const mostSections = 8;

interface ChosenAgentProps {
  readonly scope: IterationScope;
  readonly detail: IterationDetail;
  /** The agent in the address; the first one until there is one of this iteration. */
  readonly asked: string | undefined;
  readonly onChoose: (agent: AgentId) => void;
}

/** One agent out of many, with a choice of the others. */
export function ChosenAgent({ scope, detail, asked, onChoose }: ChosenAgentProps) {
  const { agents } = detail;
  const found = agents.findIndex(({ agentId }) => agentId === asked);
  const index = Math.max(0, found);
  const agent = agents[index];
  if (agent === undefined) return null;
  return (
    <AgentSection
      scope={scope}
      agent={agent}
      agentIndex={index}
      detail={detail}
      isAsked={found >= 0}
      choice={
        <Select
          label={`One of ${agents.length} agents`}
          value={agent.agentId}
          options={agents.map(({ agentId }) => ({ value: agentId, label: agentId }))}
          onChange={onChoose}
        />
      }
    />
  );
}
