/**
 * Evaluation of loaded trees. Each tree is bound once to the readers of its context and becomes closures:
 * a tick asks thousands of times, so no name is looked up while deciding.
 */
import type { Numeric, Test, TreeNode, FieldName } from './ast.ts';

/** A number as read from the context of a decision. */
export type Reader<C> = (context: C) => number;

/** How fields and registers are read from a context. The map holds every field that is legal in the tree. */
export interface Readers<C> {
  readonly fields: Readonly<Partial<Record<FieldName, Reader<C>>>>;
  readonly register: (key: string) => Reader<C>;
}

/** A policy asked for something that has no value (a division by zero, an amount that is not a number). */
export class PolicyFault extends Error {
  override readonly name = 'PolicyFault';
}

function divide(left: number, right: number): number {
  if (right === 0) throw new PolicyFault('division by zero; "div0" names a default for this case');
  return left / right;
}

function bindBinary<C>(node: Extract<Numeric, { kind: 'binary' }>, readers: Readers<C>): Reader<C> {
  const left = bindNumeric(node.left, readers);
  const right = bindNumeric(node.right, readers);
  switch (node.op) {
    case '+':
      return (context) => left(context) + right(context);
    case '-':
      return (context) => left(context) - right(context);
    case '*':
      return (context) => left(context) * right(context);
    case '/':
      return (context) => divide(left(context), right(context));
  }
}

const unary = {
  ceil: Math.ceil,
  floor: Math.floor,
  // Half away from zero; Math.round takes -2.5 to -2.
  round: (value: number) => Math.sign(value) * Math.round(Math.abs(value)),
  abs: Math.abs,
};

/** A number of a tree as a function of its context. */
export function bindNumeric<C>(node: Numeric, readers: Readers<C>): Reader<C> {
  switch (node.kind) {
    case 'number': {
      const { value } = node;
      return () => value;
    }
    case 'field': {
      const reader = readers.fields[node.name];
      if (reader === undefined) throw new PolicyFault(`the field "${node.name}" has no reader here`);
      return reader;
    }
    case 'register':
      return readers.register(node.key);
    case 'binary':
      return bindBinary(node, readers);
    case 'extreme': {
      const values = node.values.map((value) => bindNumeric(value, readers));
      const pick = node.op === 'max' ? Math.max : Math.min;
      return (context) => pick(...values.map((value) => value(context)));
    }
    case 'unary': {
      const value = bindNumeric(node.value, readers);
      const apply = unary[node.op];
      return (context) => apply(value(context));
    }
    case 'clamp': {
      const value = bindNumeric(node.value, readers);
      const min = bindNumeric(node.min, readers);
      const max = bindNumeric(node.max, readers);
      return (context) => Math.min(Math.max(value(context), min(context)), max(context));
    }
    case 'div0': {
      const numerator = bindNumeric(node.numerator, readers);
      const denominator = bindNumeric(node.denominator, readers);
      const fallback = bindNumeric(node.fallback, readers);
      return (context) => {
        const divisor = denominator(context);
        return divisor === 0 ? fallback(context) : numerator(context) / divisor;
      };
    }
  }
}

type Check<C> = (context: C) => boolean;

function bindComparison<C>(node: Extract<Test, { kind: 'compare' }>, readers: Readers<C>): Check<C> {
  const left = bindNumeric(node.left, readers);
  const right = bindNumeric(node.right, readers);
  switch (node.op) {
    case '==':
      return (context) => left(context) === right(context);
    case '!=':
      return (context) => left(context) !== right(context);
    case '<':
      return (context) => left(context) < right(context);
    case '<=':
      return (context) => left(context) <= right(context);
    case '>':
      return (context) => left(context) > right(context);
    case '>=':
      return (context) => left(context) >= right(context);
  }
}

/** An expression as a function of its context; `and` and `or` stop at the first part that decides. */
function bindTest<C>(node: Test, readers: Readers<C>): Check<C> {
  switch (node.kind) {
    case 'compare':
      return bindComparison(node, readers);
    case 'and': {
      const tests = node.tests.map((test) => bindTest(test, readers));
      return (context) => tests.every((test) => test(context));
    }
    case 'or': {
      const tests = node.tests.map((test) => bindTest(test, readers));
      return (context) => tests.some((test) => test(context));
    }
    case 'not': {
      const test = bindTest(node.test, readers);
      return (context) => !test(context);
    }
  }
}

/** A tree that decides: the leaf for a context, and the way to it in words (`N1(true) → A3`). */
export interface Decider<C, Bound> {
  readonly decide: (context: C) => Bound;
  readonly path: (context: C) => string;
}

/** Binds a whole tree; `bindAction` turns each leaf's action into what the caller wants to get back. */
export function bindTree<C, Action, Bound>(
  root: TreeNode<Action>,
  readers: Readers<C>,
  bindAction: (action: Action) => Bound,
): Decider<C, Bound> {
  if (root.kind === 'action') {
    const bound = bindAction(root.action);
    return { decide: () => bound, path: () => root.nodeId };
  }
  const check = bindTest(root.test, readers);
  const onTrue = bindTree(root.onTrue, readers, bindAction);
  const onFalse = bindTree(root.onFalse, readers, bindAction);
  return {
    decide: (context) => (check(context) ? onTrue : onFalse).decide(context),
    path(context) {
      const outcome = check(context);
      return `${root.nodeId}(${outcome}) → ${(outcome ? onTrue : onFalse).path(context)}`;
    },
  };
}
