import type { BankAction, CollateralAction } from '../../domain/policy/interpret/ast.ts';
import { bindNumeric, PolicyFault, type Readers } from '../../domain/policy/interpret/evaluate.ts';
import { postCollateral, withdrawCollateral } from './collateral.ts';
import type { BankContext } from './bankFields.ts';
import { collateralReason } from './release.ts';

/** A leaf made ready to act; `path` tells the way through the tree, for those who report it. */
export type Act<C> = (context: C, path: () => string) => void;

function bindBudget(
  action: Extract<BankAction, { name: 'SetReleaseBudget' }>,
  readers: Readers<BankContext>,
): Act<BankContext> {
  const max = bindNumeric(action.maxValueToRelease, readers);
  const { focusCounterparties: focus, maxPerCounterparty } = action;
  const perCounterparty = maxPerCounterparty && bindNumeric(maxPerCounterparty, readers);
  return (context) => {
    const { world, bank } = context;
    const maxValue = amountOf(max(context), 'max_value_to_release');
    const each = perCounterparty && amountOf(perCounterparty(context), 'max_per_counterparty');
    bank.budget = {
      rest: maxValue,
      focus: focus && new Set(focus),
      maxPerCounterparty: each,
      spent: new Map(),
    };
    world.log?.({
      tick: world.tick,
      eventType: 'BankBudgetSet',
      agentId: bank.id,
      details: {
        max_value: maxValue,
        focus_counterparties: focus ?? null,
        max_per_counterparty: each ?? null,
      },
    });
  };
}

function bindState(
  action: Extract<BankAction, { name: 'SetState' | 'AddState' }>,
  readers: Readers<BankContext>,
): Act<BankContext> {
  const { key, reason } = action;
  const value = bindNumeric(action.value, readers);
  const isIncrement = action.name === 'AddState';
  return (context, path) => {
    const { world, bank } = context;
    const before = bank.registers.get(key) ?? 0;
    const next = registerValue((isIncrement ? before : 0) + value(context), key);
    // The way is read before the register changes: a condition may look at it.
    const decisionPath = world.log && path();
    bank.registers.set(key, next);
    world.log?.({
      tick: world.tick,
      eventType: 'StateRegisterSet',
      agentId: bank.id,
      details: {
        register_key: key,
        old_value: before,
        new_value: next,
        reason: reason ?? 'policy_action',
        decision_path: decisionPath ?? null,
      },
    });
  };
}

export function bindBankAction(action: BankAction, readers: Readers<BankContext>): Act<BankContext> {
  switch (action.name) {
    case 'SetReleaseBudget':
      return bindBudget(action, readers);
    case 'SetState':
    case 'AddState':
      return bindState(action, readers);
    case 'NoAction':
      return () => undefined;
  }
}

export function bindCollateralAction(
  action: CollateralAction,
  readers: Readers<BankContext>,
): Act<BankContext> {
  switch (action.name) {
    case 'PostCollateral': {
      const amount = bindNumeric(action.amount, readers);
      const timer = action.autoWithdrawAfterTicks && bindNumeric(action.autoWithdrawAfterTicks, readers);
      const reason = collateralReason(action.reason);
      return (context) => {
        const after = timer && Math.max(1, countOf(timer(context), 'auto_withdraw_after_ticks'));
        postCollateral(context.world, context.bank, amountOf(amount(context), 'amount'), reason, after);
      };
    }
    case 'WithdrawCollateral': {
      const amount = bindNumeric(action.amount, readers);
      const reason = collateralReason(action.reason);
      return (context) =>
        withdrawCollateral(context.world, context.bank, amountOf(amount(context), 'amount'), reason);
    }
    case 'HoldCollateral':
      return () => undefined;
  }
}

function finite(value: number, what: string): number {
  if (!Number.isFinite(value)) throw new PolicyFault(`${what} is not a number: ${value}`);
  return value;
}

/** A computed amount as money: whole cents, rounded down, never below nothing. */
function amountOf(value: number, what: string): number {
  const cents = Math.max(0, Math.floor(finite(value, what)));
  if (!Number.isSafeInteger(cents)) throw new PolicyFault(`${what} is beyond the exact range: ${value}`);
  return cents;
}

/** A computed number of things or ticks. */
export function countOf(value: number, what: string): number {
  return Math.floor(finite(value, what));
}

function registerValue(value: number, key: string): number {
  return finite(value, key);
}
