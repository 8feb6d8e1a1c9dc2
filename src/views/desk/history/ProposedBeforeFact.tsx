import { useMemo } from 'react';

import { repeatsOf } from '../../../domain/policy/history/repeats.ts';
import type { HistoryPanelProps } from './HistoryPanel.tsx';
import { proposedBeforeWords } from './historyWords.ts';
import { useHistory } from './useHistory.ts';

/** In a few words whether this agent made the proposal before; nothing until that is known. */
export function ProposedBeforeFact(props: Omit<HistoryPanelProps, 'hrefOf'>) {
  const { scope, proposalCount, iteration, agentId } = props;
  const { data, ask } = useHistory(scope, proposalCount);
  const words = useMemo(() => {
    const asked = data?.entries.find((entry) => entry.iteration === iteration && entry.agentId === agentId);
    return data === undefined || asked?.build === undefined
      ? undefined
      : proposedBeforeWords(repeatsOf(data.entries, agentId, iteration), iteration);
  }, [data, iteration, agentId]);
  if (ask !== undefined) return <span>proposed before: not read yet</span>;
  if (words === undefined) return undefined;
  return (
    <span>
      proposed before: <b>{words}</b>
    </span>
  );
}
