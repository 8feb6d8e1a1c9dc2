import type { StoredNode } from '../tree/policyTree.ts';
import { differingParts, type Token } from './tokens.ts';

/** How much a larger piece counts against a smaller one, beside the one that each piece counts. */
export interface Weights {
  readonly perNode: number;
}

export const swapCost = 1.2;

/** Cost of taking a piece of so many nodes out, or putting it in. */
export function pieceCost(size: number, { perNode }: Weights): number {
  return 1 + perNode * size;
}

/** Cost of turning one node into another of the same kind with other content; infinite between kinds. */
export function relabelCost(
  before: StoredNode,
  after: StoredNode,
  tokensFor: (node: StoredNode) => readonly Token[],
): number {
  if (before.kind === 'condition' && after.kind === 'condition') {
    const parts = differingParts(tokensFor(before), tokensFor(after));
    if (parts.includes('shape')) return 1.2;
    if (parts.includes('field')) return 0.9;
    return parts.includes('operator') ? 0.6 : 0.4;
  }
  if (before.kind === 'action' && after.kind === 'action') return before.action === after.action ? 0.5 : 1;
  return before.kind === after.kind ? 1 : Number.POSITIVE_INFINITY;
}
