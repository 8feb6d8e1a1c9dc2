import { deskQuestions } from '../../../data/deskQuestions.ts';
import { useAnswer } from '../../../data/useAnswer.ts';
import { repeatsOf } from '../../../policy/history/repeats.ts';
import type { HistoryPanelProps } from './HistoryPanel.tsx';
import { proposedBeforeWords } from './historyWords.ts';

/** In a few words whether this agent made the proposal before; nothing until that is known. */
export function ProposedBeforeFact({ scope, iteration, agentId }: Omit<HistoryPanelProps, 'hrefOf'>) {
  const { data } = useAnswer(deskQuestions.policyHistory(scope));
  const asked = data?.entries.find((entry) => entry.iteration === iteration && entry.agentId === agentId);
  if (data === undefined || asked?.build === undefined) return undefined;
  return (
    <span>
      proposed before: <b>{proposedBeforeWords(repeatsOf(data.entries, agentId, iteration), iteration)}</b>
    </span>
  );
}
