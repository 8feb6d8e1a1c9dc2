import type { PolicyTree } from '../tree/readPolicy.ts';
import type { UnreachableBranch } from '../tree/unreachable.ts';
import { type NodeRef, type PolicyDiff, type TreePair, changeText } from './changes.ts';
import { parametersIn } from './tokens.ts';

export type NodeState = 'same' | 'added' | 'removed' | 'moved' | 'changed';

/** How one node of one version is to be shown. */
export interface NodeMark {
  readonly state: NodeState;
  /** What changed at this node, in words. */
  readonly words: readonly string[];
  /** Why no tick can get here; undefined where it may. */
  readonly unreachable: string | undefined;
}

export interface MarkedTree {
  readonly tree: PolicyTree;
  /** By the index of the node. */
  readonly marks: readonly NodeMark[];
}

/** Both versions of one tree with what happened to every node. */
export function markTrees(
  diff: PolicyDiff,
  pair: TreePair,
): { readonly before: MarkedTree | undefined; readonly after: MarkedTree | undefined } {
  const before = new Marker(pair.before, diff.unreachable.before);
  const after = new Marker(pair.after, diff.unreachable.after);
  for (const change of diff.changes) {
    const words = changeText(change, diff);
    switch (change.kind) {
      case 'tree added':
      case 'tree removed':
        if (change.tree !== pair.name) break;
        before.markAll('removed');
        after.markAll('added');
        break;
      case 'added':
        after.mark(change.piece, 'added');
        break;
      case 'removed':
        before.mark(change.piece, 'removed');
        break;
      case 'moved':
        before.mark(change.before, 'moved', 'moved from here');
        after.mark(change.after, 'moved', 'moved here');
        break;
      case 'condition':
      case 'action':
      case 'action parameters':
      case 'branches swapped':
      case 'other':
        before.markOne(change.before, 'changed', words);
        after.markOne(change.after, 'changed', words);
        break;
    }
  }
  const changed = new Set(diff.parameters.map(({ name }) => name));
  before.markParameters(changed);
  after.markParameters(changed);
  return { before: before.result(), after: after.result() };
}

class Marker {
  private readonly tree: PolicyTree | undefined;
  private readonly states: NodeState[];
  private readonly words: string[][];
  private readonly reasons: (string | undefined)[];

  constructor(tree: PolicyTree | undefined, unreachable: readonly UnreachableBranch[]) {
    const nodes = tree?.nodes ?? [];
    this.tree = tree;
    this.states = nodes.map(() => 'same');
    this.words = nodes.map(() => []);
    this.reasons = nodes.map(() => undefined);
    for (const branch of unreachable) {
      const top = branch.top === undefined ? undefined : nodes[branch.top];
      if (branch.tree === tree?.name && top !== undefined) this.reasons.fill(branch.why, top.index, top.end);
    }
  }

  mark(
    piece: { readonly tree: string; readonly nodes: readonly number[] },
    state: NodeState,
    words?: string,
  ) {
    for (const index of piece.nodes) this.markOne({ tree: piece.tree, index }, state, words);
  }

  markOne({ tree, index }: NodeRef, state: NodeState, words?: string): void {
    if (tree !== this.tree?.name) return;
    this.states[index] = state;
    if (words !== undefined) this.words[index]?.push(words);
  }

  markAll(state: NodeState): void {
    this.states.fill(state);
  }

  /** A node whose parameter has another value now decides otherwise although it says the same. */
  markParameters(changed: ReadonlySet<string>): void {
    for (const node of this.tree?.nodes ?? []) {
      if (this.states[node.index] !== 'same') continue;
      const values = node.kind === 'action' ? [...node.parameters.values()] : [];
      const jsons = node.kind === 'condition' && node.expression !== undefined ? [node.expression] : values;
      const names = [...new Set(jsons.flatMap(parametersIn))].filter((name) => changed.has(name));
      if (names.length > 0) {
        this.markOne(
          { tree: this.tree?.name ?? '', index: node.index },
          'changed',
          `through the parameter ${names.join(', ')}`,
        );
      }
    }
  }

  result(): MarkedTree | undefined {
    if (this.tree === undefined) return undefined;
    const marks = this.tree.nodes.map(({ index }): NodeMark => {
      const [state, words] = [this.states[index] ?? 'same', this.words[index] ?? []];
      return { state, words, unreachable: this.reasons[index] };
    });
    return { tree: this.tree, marks };
  }
}
