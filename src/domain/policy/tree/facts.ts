/** What is known about values on the way down a tree, as bounds, and what follows from it. */

export type ComparisonSign = '==' | '!=' | '<' | '<=' | '>' | '>=';

/** A comparison of something that varies with a number. */
export interface Atom {
  /** Number of what varies: see `Ground`. */
  readonly key: number;
  readonly op: ComparisonSign;
  readonly bound: number;
}

/** An atom that holds, and the node whose answer says so. */
export interface KnownAtom extends Atom {
  readonly source: number;
}

/** What is known on the way down a tree; going back up forgets what was learnt below. */
export class Facts {
  private readonly byKey = new Map<number, KnownAtom[]>();
  private readonly keys: number[] = [];

  of(key: number): readonly KnownAtom[] {
    return this.byKey.get(key) ?? [];
  }

  add(fact: KnownAtom): void {
    const known = this.byKey.get(fact.key);
    if (known === undefined) this.byKey.set(fact.key, [fact]);
    else known.push(fact);
    this.keys.push(fact.key);
  }

  get count(): number {
    return this.keys.length;
  }

  /** Forgets all but the first `count` facts. */
  backTo(count: number): void {
    while (this.keys.length > count) {
      const key = this.keys.pop();
      if (key !== undefined) this.byKey.get(key)?.pop();
    }
  }
}

export interface Known {
  readonly holds: boolean;
  readonly sources: readonly number[];
}

const negated: Readonly<Record<ComparisonSign, ComparisonSign>> = {
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
};
const mirrored: Readonly<Record<ComparisonSign, ComparisonSign>> = {
  '==': '==',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

export function negate(op: ComparisonSign): ComparisonSign {
  return negated[op];
}

/** The same said from the other side: `3 < x` is `x > 3`. */
export function mirror(op: ComparisonSign): ComparisonSign {
  return mirrored[op];
}

export function compare(left: number, op: ComparisonSign, right: number): boolean {
  switch (op) {
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
}

interface Bound {
  readonly value: number;
  readonly isStrict: boolean;
  readonly source: number;
}

interface Range {
  low: Bound | undefined;
  high: Bound | undefined;
  readonly excluded: Map<number, number>;
}

function rangeOf(facts: readonly KnownAtom[]): Range {
  const range: Range = { low: undefined, high: undefined, excluded: new Map() };
  for (const { op, bound: value, source } of facts) {
    const strict = { value, isStrict: true, source };
    const loose = { value, isStrict: false, source };
    if (op === '!=') range.excluded.set(value, source);
    if (op === '>' || op === '>=' || op === '==')
      range.low = tighterLow(range.low, op === '>' ? strict : loose);
    if (op === '<' || op === '<=' || op === '==')
      range.high = tighterHigh(range.high, op === '<' ? strict : loose);
  }
  return range;
}

function tighterLow(known: Bound | undefined, next: Bound): Bound {
  if (known === undefined || next.value > known.value) return next;
  return next.value === known.value && next.isStrict ? next : known;
}

function tighterHigh(known: Bound | undefined, next: Bound): Bound {
  if (known === undefined || next.value < known.value) return next;
  return next.value === known.value && next.isStrict ? next : known;
}

/** Whether the atom is settled by what is known; undefined when it may go either way. */
export function whatFollows(atom: Atom, facts: Facts): Known | undefined {
  const { op, bound } = atom;
  const { low, high, excluded } = rangeOf(facts.of(atom.key));
  const isBelow = high !== undefined && (high.value < bound || (high.value === bound && high.isStrict));
  const isAbove = low !== undefined && (low.value > bound || (low.value === bound && low.isStrict));
  const known = (holds: boolean, ...bounds: (Bound | undefined)[]): Known => ({
    holds,
    sources: [...new Set(bounds.flatMap((found) => (found === undefined ? [] : [found.source])))],
  });
  switch (op) {
    case '<':
      if (isBelow) return known(true, high);
      return low !== undefined && low.value >= bound ? known(false, low) : undefined;
    case '<=':
      if (isAbove) return known(false, low);
      return high !== undefined && high.value <= bound ? known(true, high) : undefined;
    case '==': {
      if (isBelow) return known(false, high);
      if (isAbove) return known(false, low);
      const source = excluded.get(bound);
      if (source !== undefined) return { holds: false, sources: [source] };
      return low?.value === bound && high?.value === bound ? known(true, low, high) : undefined;
    }
    case '>':
    case '>=':
    case '!=': {
      const opposite = whatFollows({ ...atom, op: negate(op) }, facts);
      return opposite === undefined ? undefined : { ...opposite, holds: !opposite.holds };
    }
  }
}
