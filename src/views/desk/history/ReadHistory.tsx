import { formatCount } from '../../../lib/format.ts';
import { Button } from '../../../ui/Button.tsx';

/** Says what reading the history of a very large experiment takes, and does it. */
export function ReadHistory({ proposalCount, ask }: { proposalCount: number; ask: () => void }) {
  return (
    <>
      <p>
        Not read yet: whether a policy was proposed before takes every policy of this experiment,{' '}
        {formatCount(proposalCount)} proposals.
      </p>
      <div>
        <Button size="small" onClick={ask}>
          Read them
        </Button>
      </div>
    </>
  );
}
