import type { NodeMark, NodeState } from '../../domain/policy/diff/marks.ts';
import styles from './marks.module.css';

/** What the signs beside the nodes mean. */
export function MarkLegend() {
  return (
    <p className={styles.legend}>
      {(['added', 'removed', 'changed', 'moved'] as const).map((state) => (
        <span key={state}>
          <span className={styles[state]} aria-hidden>
            {stateSigns[state]}
          </span>{' '}
          {stateWords[state]}
        </span>
      ))}
      <span>
        <span className={styles.unreachable} aria-hidden>
          {unreachableSign}
        </span>{' '}
        can never be reached
      </span>
    </p>
  );
}

/** A sign for each state beside its colour; nothing for what stayed. */
const stateSigns: Readonly<Record<NodeState, string>> = {
  same: '',
  added: '+',
  removed: '−',
  moved: '⇄',
  changed: '≠',
};

const stateWords: Readonly<Record<NodeState, string>> = {
  same: 'unchanged',
  added: 'added',
  removed: 'removed',
  moved: 'moved',
  changed: 'changed',
};

const unreachableSign = '∅';

/** Sign or signs of a node, for the eye. */
export function signsOf(mark: NodeMark): string {
  return `${stateSigns[mark.state]}${mark.unreachable === undefined ? '' : unreachableSign}`;
}

/** Everything that is to be said about a node beside its own text. */
export function wordsOf(mark: NodeMark): string {
  const change =
    mark.words.length === 0 ? stateWords[mark.state] : `${stateWords[mark.state]}: ${mark.words.join('; ')}`;
  const parts = [
    ...(mark.state === 'same' ? [] : [change]),
    ...(mark.unreachable === undefined ? [] : [`can never be reached: ${mark.unreachable}`]),
  ];
  return parts.join('; ');
}
