import { changeText } from '../../domain/policy/diff/changeText.ts';
import type { Comparison } from './comparison.ts';
import styles from './ChangeList.module.css';

/** Changes that are listed; the other views show all of them. */
const limit = 12;

/** What happens to the trees, a line each, and what else is worth knowing. */
export function ChangeList({ comparison: { before, after, diff } }: { comparison: Comparison }) {
  if (before.policy === undefined || after.policy === undefined) return null;
  const { changes, unreachable, wording, others, trees } = diff;
  const lines = [
    ...changes.slice(0, limit).map((change) => changeText(change, diff)),
    ...(changes.length > limit ? [`${changes.length - limit} more changes of the trees`] : []),
    ...others.map(({ name }) => `${name}, which is not known here, differs`),
    ...unreachable.fresh.map(({ why }) => `a branch can never be reached: ${why}`),
    ...(trees.some((pair) => pair.isPlaceByPlace)
      ? ['a tree is too large to look for what moved; nodes are compared place by place']
      : []),
  ];
  const names = wording.members.length + wording.renamedNodes + wording.redescribedNodes > 0;
  return (
    <div className={styles.changes}>
      {lines.length === 0 ? (
        <p>{trees.length === 0 ? 'Neither policy has a tree.' : 'The tree is unchanged.'}</p>
      ) : (
        <ul>
          {lines.map((line, i) => (
            <li key={i}>{line}</li>
          ))}
        </ul>
      )}
      {names && (
        <p className={styles.quiet}>Names, descriptions or versions differ too; they decide nothing.</p>
      )}
    </div>
  );
}
