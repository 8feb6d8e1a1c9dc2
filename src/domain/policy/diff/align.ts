import { childrenOf, type StoredNode } from '../tree/readPolicy.ts';
import type { TreeAlignment, Match, Piece, Side } from './alignment.ts';
import { type Weights, distanceTable, stepAt } from './distances.ts';

/** Pairs of nodes that are weighed against each other at most; beyond, trees are compared place by place. */
export const pairLimit = 2_000_000;

interface Open {
  readonly before: number | undefined;
  readonly after: number | undefined;
}

/**
 * Finds which node of one tree is which of the other, at the least cost. Names of nodes play no part: a model
 * renames all of them in every answer. Equal subtrees are taken together; what remains is weighed in a table
 * of every node against every other, in which a node is kept, changed, its branches swapped, put above or
 * taken from above another, or replaced with all below it.
 */
export function align(before: Side, after: Side, weights: Weights): TreeAlignment {
  const work = new Aligning(before, after, weights);
  const rest = work.takeCommonPart();
  if (rest !== undefined) work.weigh(rest.before, rest.after);
  return work.result();
}

class Aligning {
  private readonly matches: Match[] = [];
  private readonly removed: Piece[] = [];
  private readonly added: Piece[] = [];
  private isPlaceByPlace = false;
  private readonly before: Side;
  private readonly after: Side;
  private readonly weights: Weights;

  constructor(before: Side, after: Side, weights: Weights) {
    this.before = before;
    this.after = after;
    this.weights = weights;
  }

  result(): TreeAlignment {
    const { matches, removed, added, isPlaceByPlace } = this;
    return { matches, removed, added, isPlaceByPlace };
  }

  /** Goes down from the roots as long as only one branch differs; undefined when nothing is left to compare. */
  takeCommonPart(): { readonly before: number; readonly after: number } | undefined {
    let pair = { before: 0, after: 0 };
    for (;;) {
      if (this.matchEqual(pair.before, pair.after) || this.takeInserted(pair)) return undefined;
      const next = this.oneDifferingBranch(pair.before, pair.after);
      if (next === undefined) return pair;
      this.match(pair.before, pair.after);
      pair = next;
    }
  }

  /** The branch in which two nodes differ, when they and their other branches say the same. */
  private oneDifferingBranch(before: number, after: number) {
    if (this.before.labels.own[before] !== this.after.labels.own[after]) return undefined;
    const [aTrue, aFalse] = childrenOf(this.nodeBefore(before));
    const [bTrue, bFalse] = childrenOf(this.nodeAfter(after));
    if (aFalse !== undefined && bFalse !== undefined && this.areEqual(aTrue, bTrue)) {
      this.matchBranches({ before: aTrue, after: bTrue });
      return { before: aFalse, after: bFalse };
    }
    if (aTrue !== undefined && bTrue !== undefined && this.areEqual(aFalse, bFalse)) {
      this.matchBranches({ before: aFalse, after: bFalse });
      return { before: aTrue, after: bTrue };
    }
    return undefined;
  }

  /** A condition put above all that was there, or taken from above all that is left. */
  private takeInserted({ before, after }: { readonly before: number; readonly after: number }): boolean {
    const keptAfter = childrenOf(this.nodeAfter(after)).find((child) => this.areEqual(before, child));
    if (keptAfter !== undefined) {
      this.added.push({ top: after, keeps: keptAfter });
      return this.matchEqual(before, keptAfter);
    }
    const keptBefore = childrenOf(this.nodeBefore(before)).find((child) => this.areEqual(child, after));
    if (keptBefore === undefined) return false;
    this.removed.push({ top: before, keeps: keptBefore });
    return this.matchEqual(keptBefore, after);
  }

  weigh(before: number, after: number): void {
    const [a, b] = [this.before.tree.nodes[before], this.after.tree.nodes[after]];
    if (a === undefined || b === undefined) return;
    const isSmall = (a.end - before) * (b.end - after) <= pairLimit;
    this.isPlaceByPlace = !isSmall;
    const table = isSmall
      ? distanceTable(this.before, this.after, { before, after }, this.weights)
      : undefined;
    const open: Open[] = [{ before, after }];
    for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
      if (pair.before === undefined || pair.after === undefined) this.oneSided(pair);
      else if (!this.matchEqual(pair.before, pair.after)) {
        open.push(
          ...(table === undefined
            ? this.samePlace(pair.before, pair.after)
            : this.takeStep(pair.before, pair.after, stepAt(table, pair.before, pair.after))),
        );
      }
    }
  }

  private takeStep(before: number, after: number, step: ReturnType<typeof stepAt>): readonly Open[] {
    const [aTrue, aFalse] = childrenOf(this.nodeBefore(before));
    const [bTrue, bFalse] = childrenOf(this.nodeAfter(after));
    switch (step) {
      case 'match':
        this.match(before, after);
        return [
          { before: aFalse, after: bFalse },
          { before: aTrue, after: bTrue },
        ];
      case 'swap':
        this.match(before, after, true);
        return [
          { before: aFalse, after: bTrue },
          { before: aTrue, after: bFalse },
        ];
      case 'remove, keep true':
      case 'remove, keep false': {
        const keeps = step === 'remove, keep true' ? aTrue : aFalse;
        this.removed.push({ top: before, keeps });
        return [{ before: keeps, after }];
      }
      case 'add, keep true':
      case 'add, keep false': {
        const keeps = step === 'add, keep true' ? bTrue : bFalse;
        this.added.push({ top: after, keeps });
        return [{ before, after: keeps }];
      }
      case 'replace':
        return [
          { before, after: undefined },
          { before: undefined, after },
        ];
    }
  }

  /** The fallback for very large trees. */
  private samePlace(before: number, after: number): readonly Open[] {
    const sameKind = this.nodeBefore(before).kind === this.nodeAfter(after).kind;
    return this.takeStep(before, after, sameKind ? 'match' : 'replace');
  }

  private oneSided({ before, after }: Open): void {
    if (before !== undefined) this.removed.push({ top: before, keeps: undefined });
    if (after !== undefined) this.added.push({ top: after, keeps: undefined });
  }

  private match(before: number, after: number, isSwapped = false): void {
    this.matches.push({ before, after, isSwapped });
  }

  private areEqual(before: number | undefined, after: number | undefined): boolean {
    if (before === undefined || after === undefined) return before === after;
    return this.before.labels.subtree[before] === this.after.labels.subtree[after];
  }

  private matchBranches({ before, after }: Open): void {
    if (before !== undefined && after !== undefined) this.matchEqual(before, after);
  }

  /** Matches two equal subtrees node by node: they have the same order. False when they are not equal. */
  private matchEqual(before: number, after: number): boolean {
    if (!this.areEqual(before, after)) return false;
    const size = this.nodeBefore(before).end - before;
    for (let k = 0; k < size; k += 1) this.match(before + k, after + k);
    return true;
  }

  private nodeBefore(index: number): StoredNode {
    return nodeAt(this.before, index);
  }

  private nodeAfter(index: number): StoredNode {
    return nodeAt(this.after, index);
  }
}

function nodeAt({ tree }: Side, index: number): StoredNode {
  const node = tree.nodes[index];
  if (node === undefined) throw new RangeError(`${tree.name} has no node ${index}`);
  return node;
}
