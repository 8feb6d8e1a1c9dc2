import type { StoredNode } from '../tree/readPolicy.ts';
import type { Side } from './alignment.ts';
import { tokensOf, type Token, differingParts } from './tokens.ts';

/** In order of preference where they cost the same. */
const steps = [
  'match',
  'remove, keep true',
  'remove, keep false',
  'add, keep true',
  'add, keep false',
  'swap',
  'replace',
] as const;
export type EditStep = (typeof steps)[number];

/** The cheapest step for every pair of nodes of two subtrees. */
export interface DistanceTable {
  readonly before: number;
  readonly after: number;
  readonly columns: number;
  readonly steps: Uint8Array;
}

export function stepAt(table: DistanceTable, before: number, after: number): EditStep {
  const cell = (before - table.before) * table.columns + (after - table.after);
  return steps[table.steps[cell] ?? 0] ?? 'replace';
}

/** No branch. */
const none = -1;

/** A subtree as plain numbers, places counted from its top: the table asks millions of times. */
class Nodes {
  readonly count: number;
  readonly own: Int32Array;
  readonly whole: Int32Array;
  readonly onTrue: Int32Array;
  readonly onFalse: Int32Array;
  readonly size: Int32Array;
  readonly all: readonly StoredNode[];

  constructor({ tree, labels }: Side, top: number) {
    this.all = tree.nodes.slice(top, tree.nodes[top]?.end);
    this.count = this.all.length;
    this.own = labels.own.slice(top, top + this.count);
    this.whole = labels.subtree.slice(top, top + this.count);
    const numbers = (of: (node: StoredNode) => number | undefined) =>
      Int32Array.from(this.all, (node) => of(node) ?? none);
    const place = (index: number | undefined) => (index === undefined ? undefined : index - top);
    this.onTrue = numbers((node) => (node.kind === 'condition' ? place(node.onTrue) : undefined));
    this.onFalse = numbers((node) => (node.kind === 'condition' ? place(node.onFalse) : undefined));
    this.size = numbers((node) => node.end - node.index);
  }
}

/** Weighs all nodes below two nodes against each other, branches before what they hang on. */
export function distanceTable(
  before: Side,
  after: Side,
  tops: { readonly before: number; readonly after: number },
  weights: Weights,
): DistanceTable {
  const weighing = new Weighing(new Nodes(before, tops.before), new Nodes(after, tops.after), weights);
  return { ...tops, columns: weighing.columns, steps: weighing.weighAll() };
}

class Weighing {
  readonly columns: number;
  private readonly a: Nodes;
  private readonly b: Nodes;
  private readonly weights: Weights;
  private readonly costs: Float64Array;
  private readonly relabelCosts: RelabelCosts;

  constructor(a: Nodes, b: Nodes, weights: Weights) {
    this.a = a;
    this.b = b;
    this.weights = weights;
    this.columns = b.count;
    this.costs = new Float64Array(a.count * b.count);
    this.relabelCosts = new RelabelCosts(a, b);
  }

  weighAll(): Uint8Array {
    const chosen = new Uint8Array(this.costs.length);
    const candidates = new Float64Array(steps.length);
    for (let i = this.a.count - 1; i >= 0; i -= 1) {
      for (let j = this.b.count - 1; j >= 0; j -= 1) {
        if (this.a.whole[i] === this.b.whole[j]) continue;
        this.weigh(i, j, candidates);
        let best = 0;
        for (let k = 1; k < candidates.length; k += 1) {
          if (at(candidates, k) < at(candidates, best)) best = k;
        }
        const cell = i * this.columns + j;
        this.costs[cell] = at(candidates, best);
        chosen[cell] = best;
      }
    }
    return chosen;
  }

  /** Costs in the order of `steps`. */
  private weigh(i: number, j: number, costs: Float64Array): void {
    const { a, b } = this;
    const [aTrue, aFalse] = [at(a.onTrue, i), at(a.onFalse, i)];
    const [bTrue, bFalse] = [at(b.onTrue, j), at(b.onFalse, j)];
    const relabel = this.relabelCosts.of(i, j);
    costs[0] = relabel + this.between(aTrue, bTrue) + this.between(aFalse, bFalse);
    costs[1] = aTrue === none ? Infinity : this.pieceOf(a, i, aTrue) + this.between(aTrue, j);
    costs[2] = aFalse === none ? Infinity : this.pieceOf(a, i, aFalse) + this.between(aFalse, j);
    costs[3] = bTrue === none ? Infinity : this.pieceOf(b, j, bTrue) + this.between(i, bTrue);
    costs[4] = bFalse === none ? Infinity : this.pieceOf(b, j, bFalse) + this.between(i, bFalse);
    costs[5] = relabel + swapCost + this.between(aTrue, bFalse) + this.between(aFalse, bTrue);
    costs[6] = pieceCost(at(a.size, i), this.weights) + pieceCost(at(b.size, j), this.weights);
  }

  /** Cost of a condition with all below it but the branch that stays. */
  private pieceOf(nodes: Nodes, place: number, keeps: number): number {
    return pieceCost(at(nodes.size, place) - at(nodes.size, keeps), this.weights);
  }

  /** Cost of turning one branch into another, where either may not be there. */
  private between(i: number, j: number): number {
    if (i !== none && j !== none) return at(this.costs, i * this.columns + j);
    if (i !== none) return pieceCost(at(this.a.size, i), this.weights);
    return j === none ? 0 : pieceCost(at(this.b.size, j), this.weights);
  }
}

/** Many nodes say the same, and taking conditions apart is the slow part: each is done once. */
class RelabelCosts {
  private readonly known = new Map<number, Map<number, number>>();
  private readonly tokens = new Map<number, readonly Token[]>();
  private readonly a: Nodes;
  private readonly b: Nodes;

  constructor(a: Nodes, b: Nodes) {
    this.a = a;
    this.b = b;
  }

  of(i: number, j: number): number {
    const [own, other] = [at(this.a.own, i), at(this.b.own, j)];
    if (own === other) return 0;
    const ofOwn = this.known.get(own) ?? new Map<number, number>();
    this.known.set(own, ofOwn);
    const known = ofOwn.get(other);
    if (known !== undefined) return known;
    const [one, two] = [this.a.all[i], this.b.all[j]];
    if (one === undefined || two === undefined) return Infinity;
    const cost = relabelCost(one, two, (node) => this.tokensFor(node, node === one ? own : other));
    ofOwn.set(other, cost);
    return cost;
  }

  private tokensFor(node: StoredNode, label: number): readonly Token[] {
    const known = this.tokens.get(label);
    if (known !== undefined) return known;
    const tokens = node.kind === 'condition' ? tokensOf(node.expression) : [];
    this.tokens.set(label, tokens);
    return tokens;
  }
}

/** Typed arrays are read at places that exist. */
function at(numbers: Int32Array | Float64Array, place: number): number {
  return numbers[place] ?? Infinity;
}

/** How much a larger piece counts against a smaller one, beside the one that each piece counts. */
export interface Weights {
  readonly perNode: number;
}

const swapCost = 1.2;

/** Cost of taking a piece of so many nodes out, or putting it in. */
function pieceCost(size: number, { perNode }: Weights): number {
  return 1 + perNode * size;
}

/** Cost of turning one node into another of the same kind with other content; infinite between kinds. */
function relabelCost(
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
