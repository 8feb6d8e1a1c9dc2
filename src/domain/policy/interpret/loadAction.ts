import type { JsonObject } from '../../../lib/json.ts';
import { openAction, type ActionParameters } from './actionCatalogue.ts';
import { rtgsPriorities, type BankAction, type CollateralAction, type PaymentAction } from './ast.ts';
import { isRegister } from './fields.ts';
import type { LoadContext } from './loadContext.ts';

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
