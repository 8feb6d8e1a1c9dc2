import ArrowLeft from 'lucide-react/icons/arrow-left';

import { questions } from '../../data/questions.ts';
import { useAnswer } from '../../data/useAnswer.ts';
import { Button } from '../../ui/Button.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import styles from './Desk.module.css';
import type { DeskRow } from './deskRow.ts';
import { ProposalHead } from './ProposalHead.tsx';

/** The selected proposal: what it asks for, what became of it, why. */
export function ProposalView({ row, onBack }: { row: DeskRow; onBack: () => void }) {
  const { iteration, agentId } = row.proposal;
  const scope = { fileId: row.file.fileId, experimentId: row.experimentId, iteration, agentId };
  const { error, isPending } = useAnswer(questions.proposalDetail(scope));
  return (
    <>
      <div className={styles.back}>
        <Button size="small" icon={<ArrowLeft size={14} aria-hidden />} onClick={onBack}>
          All proposals
        </Button>
      </div>
      <ProposalHead row={row} />
      {error !== null && <ErrorNotice error={error} doing="reading the proposal" />}
      {isPending && <ProgressBar doing="Reading the proposal" />}
    </>
  );
}
