import type { Json, JsonObject } from '../../../lib/json.ts';
import {
  rtgsPriorities,
  type BankAction,
  type CollateralAction,
  type PaymentAction,
  isRegister,
} from './ast.ts';
import { refuse, refuseOtherKeys, requireObject, type LoadContext, loadNumeric } from './loadNumeric.ts';
/** What the literals of `priority_flag` stand for. */
const priorityFlags: ReadonlyMap<string, number> = new Map([
  ['HIGH', 10],
  ['MEDIUM', 5],
  ['LOW', 1],
]);

function loadRelease(
  name: 'Release' | 'ReleaseWithCredit',
  parameters: ActionParameters,
): PaymentAction | undefined {
  const flag = parameters.optionalText('priority_flag');
  const priority = flag === undefined ? undefined : priorityFlags.get(flag);
  if (flag !== undefined && priority === undefined) {
    return parameters.refuse('priority_flag', 'HIGH, MEDIUM or LOW is expected here');
  }
  return { name, priority, timedForTick: parameters.optionalNumber('timed_for_tick') };
}

function loadSplit(
  name: 'PaceAndRelease' | 'Split',
  parameters: ActionParameters,
): PaymentAction | undefined {
  const numSplits = parameters.number('num_splits');
  return numSplits && { name, numSplits };
}

function loadStaggerSplit(parameters: ActionParameters): PaymentAction | undefined {
  const numSplits = parameters.number('num_splits');
  const staggerFirstNow = parameters.number('stagger_first_now');
  const staggerGapTicks = parameters.number('stagger_gap_ticks');
  const priorityBoostChildren = parameters.number('priority_boost_children');
  return (
    numSplits &&
    staggerFirstNow &&
    staggerGapTicks &&
    priorityBoostChildren && {
      name: 'StaggerSplit',
      numSplits,
      staggerFirstNow,
      staggerGapTicks,
      priorityBoostChildren,
    }
  );
}

function loadResubmit(parameters: ActionParameters): PaymentAction | undefined {
  const wanted = parameters.text('rtgs_priority');
  const rtgsPriority = rtgsPriorities.find((known) => known === wanted);
  return rtgsPriority === undefined
    ? parameters.refuse('rtgs_priority', `one of ${rtgsPriorities.join(', ')} is expected here`)
    : { name: 'ResubmitToRtgs', rtgsPriority };
}

/** The action of a leaf of the payment tree. */
export function loadPaymentAction(
  context: LoadContext,
  node: JsonObject,
  path: string,
): PaymentAction | undefined {
  const opened = openAction(context, 'payment', node, path);
  if (opened === undefined) return undefined;
  const { name, parameters } = opened;
  switch (name) {
    case 'Release':
    case 'ReleaseWithCredit':
      return loadRelease(name, parameters);
    case 'PaceAndRelease':
    case 'Split':
      return loadSplit(name, parameters);
    case 'StaggerSplit':
      return loadStaggerSplit(parameters);
    case 'Hold':
      return { name, reason: parameters.optionalText('reason') };
    case 'Drop':
    case 'WithdrawFromRtgs':
      return { name };
    case 'Reprioritize': {
      const newPriority = parameters.number('new_priority');
      return newPriority && { name, newPriority };
    }
    case 'ResubmitToRtgs':
      return loadResubmit(parameters);
  }
}

function loadState(name: 'SetState' | 'AddState', parameters: ActionParameters): BankAction | undefined {
  const key = parameters.text('key');
  const value = parameters.number('value');
  if (key !== undefined && !isRegister(key)) {
    return parameters.refuse('key', 'the key of a register starts with bank_state_');
  }
  return key !== undefined && value
    ? { name, key, value, reason: parameters.optionalText('reason') }
    : undefined;
}

/** The action of a leaf of the bank tree. */
export function loadBankAction(context: LoadContext, node: JsonObject, path: string): BankAction | undefined {
  const opened = openAction(context, 'bank', node, path);
  if (opened === undefined) return undefined;
  const { name, parameters } = opened;
  switch (name) {
    case 'SetReleaseBudget': {
      const maxValueToRelease = parameters.number('max_value_to_release');
      return (
        maxValueToRelease && {
          name,
          maxValueToRelease,
          focusCounterparties: parameters.optionalTexts('focus_counterparties'),
          maxPerCounterparty: parameters.optionalNumber('max_per_counterparty'),
        }
      );
    }
    case 'SetState':
    case 'AddState':
      return loadState(name, parameters);
    case 'NoAction':
      return { name };
  }
}

/** The action of a leaf of either collateral tree. */
export function loadCollateralAction(
  context: LoadContext,
  node: JsonObject,
  path: string,
): CollateralAction | undefined {
  const opened = openAction(context, 'collateral', node, path);
  if (opened === undefined) return undefined;
  const { name, parameters } = opened;
  switch (name) {
    case 'PostCollateral': {
      const amount = parameters.number('amount');
      const autoWithdrawAfterTicks = parameters.optionalNumber('auto_withdraw_after_ticks');
      return amount && { name, amount, reason: parameters.optionalText('reason'), autoWithdrawAfterTicks };
    }
    case 'WithdrawCollateral': {
      const amount = parameters.number('amount');
      return amount && { name, amount, reason: parameters.optionalText('reason') };
    }
    case 'HoldCollateral':
      return { name };
  }
}

/** Actions by tree with the parameters that are read (domain.md 1.4); optional ones end with `?`. */
const catalogue = {
  payment: {
    Release: ['priority_flag?', 'timed_for_tick?'],
    ReleaseWithCredit: ['priority_flag?', 'timed_for_tick?'],
    PaceAndRelease: ['num_splits'],
    Split: ['num_splits'],
    StaggerSplit: ['num_splits', 'stagger_first_now', 'stagger_gap_ticks', 'priority_boost_children'],
    Hold: ['reason?'],
    Drop: [],
    Reprioritize: ['new_priority'],
    WithdrawFromRtgs: [],
    ResubmitToRtgs: ['rtgs_priority'],
  },
  bank: {
    SetReleaseBudget: ['max_value_to_release', 'focus_counterparties?', 'max_per_counterparty?'],
    SetState: ['key', 'value', 'reason?'],
    AddState: ['key', 'value', 'reason?'],
    NoAction: [],
  },
  collateral: {
    PostCollateral: ['amount', 'reason?', 'auto_withdraw_after_ticks?'],
    WithdrawCollateral: ['amount', 'reason?'],
    HoldCollateral: [],
  },
} as const;

type ActionFamily = keyof typeof catalogue;

/** Reads the parameters of one action node. */
class ActionParameters {
  private readonly context: LoadContext;
  private readonly values: JsonObject;
  private readonly path: string;

  constructor(context: LoadContext, values: JsonObject, path: string) {
    this.context = context;
    this.values = values;
    this.path = path;
  }

  has(name: string): boolean {
    return this.values[name] !== undefined;
  }

  number(name: string) {
    return loadNumeric(this.context, this.values[name], `${this.path}.${name}`);
  }

  optionalNumber(name: string) {
    return this.has(name) ? this.number(name) : undefined;
  }

  /** Text must be a literal: no tree computes text. */
  text(name: string): string | undefined {
    const literal = this.literal(name);
    return typeof literal === 'string'
      ? literal
      : refuse(this.context, `${this.path}.${name}`, 'a literal text is expected here');
  }

  optionalText(name: string): string | undefined {
    return this.has(name) ? this.text(name) : undefined;
  }

  optionalTexts(name: string): readonly string[] | undefined {
    if (!this.has(name)) return undefined;
    const literal = this.literal(name);
    if (!Array.isArray(literal))
      return refuse(this.context, `${this.path}.${name}`, 'a literal array of texts is expected here');
    const texts = literal.filter((item) => typeof item === 'string');
    return texts.length === literal.length
      ? texts
      : refuse(this.context, `${this.path}.${name}`, 'a literal array of texts is expected here');
  }

  refuse<T>(name: string, message: string): T | undefined {
    return refuse(this.context, `${this.path}.${name}`, message);
  }

  private literal(name: string): Json | undefined {
    const wrapped = requireObject(this.context, this.values[name], `${this.path}.${name}`);
    return wrapped?.value;
  }
}

type ActionName<F extends ActionFamily> = keyof (typeof catalogue)[F] & string;

function isActionOf<F extends ActionFamily>(family: F, name: string): name is ActionName<F> {
  return Object.hasOwn(catalogue[family], name);
}

/** Why the action cannot stand in this tree. */
function actionRefusal(context: LoadContext, name: Json | undefined): string {
  const elsewhere =
    typeof name === 'string' && Object.values(catalogue).some((actions) => Object.hasOwn(actions, name));
  return `the action ${JSON.stringify(name)} ${elsewhere ? `is not legal in the ${context.tree}` : 'is not known'}`;
}

/** The name and parameters of an action that belongs into this family and is given nothing unread. */
function openAction<F extends ActionFamily>(
  context: LoadContext,
  family: F,
  node: JsonObject,
  path: string,
): { readonly name: ActionName<F>; readonly parameters: ActionParameters } | undefined {
  const name = node.action;
  if (typeof name !== 'string' || !isActionOf(family, name)) {
    return refuse(context, `${path}.action`, actionRefusal(context, name));
  }
  const at = `${path}.parameters`;
  const values = node.parameters === undefined ? {} : requireObject(context, node.parameters, at);
  if (values === undefined) return undefined;
  const actions: Readonly<Record<string, readonly string[]>> = catalogue[family];
  const declared = actions[name] ?? [];
  const names = declared.map((parameter) => parameter.replace('?', ''));
  refuseOtherKeys(context, values, at, names);
  const missing = declared.filter((parameter) => !parameter.endsWith('?') && values[parameter] === undefined);
  for (const parameter of missing) {
    refuse(context, at, `the action ${name} needs the parameter "${parameter}"`);
  }
  return missing.length > 0 ? undefined : { name, parameters: new ActionParameters(context, values, at) };
}
