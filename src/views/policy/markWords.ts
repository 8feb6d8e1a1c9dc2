import type { NodeMark, NodeState } from '../../domain/policy/diff/marks.ts';

/** A sign for each state beside its colour; nothing for what stayed. */
export const stateSigns: Readonly<Record<NodeState, string>> = {
  same: '',
  added: '+',
  removed: '−',
  moved: '⇄',
  changed: '≠',
};

export const stateWords: Readonly<Record<NodeState, string>> = {
  same: 'unchanged',
  added: 'added',
  removed: 'removed',
  moved: 'moved',
  changed: 'changed',
};

export const unreachableSign = '∅';

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
