import type { PaymentAction, TreeNode, LoadedPolicy } from '../../domain/policy/interpret/ast.ts';
import { bindTree, type Decider, type Readers } from '../../domain/policy/interpret/evaluate.ts';
import { bindBankAction, bindCollateralAction, type Act } from './bankActions.ts';
import { bankReaders, type BankContext } from './fields/bankFields.ts';
import { paymentReaders, type PaymentContext } from './fields/paymentFields.ts';
import { bindPaymentAction, bindQueue2Action } from './paymentActions.ts';

type Tree<C> = Decider<C, Act<C>>;

/** A loaded policy tied to this engine's facts and actions. */
export interface BoundPolicy {
  readonly bankTree: Tree<BankContext> | undefined;
  readonly strategicCollateralTree: Tree<BankContext> | undefined;
  readonly endOfTickCollateralTree: Tree<BankContext> | undefined;
  readonly paymentTree: Tree<PaymentContext>;
  /** The payment tree once more, for payments in Queue 2; only when it can do anything to them. */
  readonly queue2Tree: Tree<PaymentContext> | undefined;
}

const register = (key: string) => (context: BankContext) => context.bank.registers.get(key) ?? 0;
const forBank: Readers<BankContext> = { fields: bankReaders, register };
const forPayment: Readers<PaymentContext> = { fields: { ...bankReaders, ...paymentReaders }, register };

/** Without a payment tree everything is released as it comes. */
const releaseAll: TreeNode<PaymentAction> = {
  kind: 'action',
  nodeId: 'release',
  action: { name: 'Release', priority: undefined, timedForTick: undefined },
};

function actsOnQueue2(node: TreeNode<PaymentAction>): boolean {
  return node.kind === 'action'
    ? node.action.name === 'WithdrawFromRtgs' || node.action.name === 'ResubmitToRtgs'
    : actsOnQueue2(node.onTrue) || actsOnQueue2(node.onFalse);
}

export function bindPolicy(policy: LoadedPolicy): BoundPolicy {
  const payment = policy.paymentTree ?? releaseAll;
  const { bankTree: bank, strategicCollateralTree: strategic, endOfTickCollateralTree: endOfTick } = policy;
  return {
    bankTree: bank && bindTree(bank, forBank, (action) => bindBankAction(action, forBank)),
    strategicCollateralTree:
      strategic && bindTree(strategic, forBank, (action) => bindCollateralAction(action, forBank)),
    endOfTickCollateralTree:
      endOfTick && bindTree(endOfTick, forBank, (action) => bindCollateralAction(action, forBank)),
    paymentTree: bindTree(payment, forPayment, (action) => bindPaymentAction(action, forPayment)),
    queue2Tree: actsOnQueue2(payment) ? bindTree(payment, forPayment, bindQueue2Action) : undefined,
  };
}

/** Decides and acts. */
export function follow<C>(tree: Tree<C> | undefined, context: C): void {
  tree?.decide(context)(context, () => tree.path(context));
}
