/** A policy after loading: every name known, every parameter resolved to its number. */
import type { FieldName } from './fields.ts';

export const treeNames = [
  'bank_tree',
  'payment_tree',
  'strategic_collateral_tree',
  'end_of_tick_collateral_tree',
] as const;
export type TreeName = (typeof treeNames)[number];

export type BinaryOperator = '+' | '-' | '*' | '/';
export type ExtremeOperator = 'max' | 'min';
export type UnaryOperator = 'ceil' | 'floor' | 'round' | 'abs';
export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';

export type Numeric =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'field'; readonly name: FieldName }
  | { readonly kind: 'register'; readonly key: string }
  | { readonly kind: 'binary'; readonly op: BinaryOperator; readonly left: Numeric; readonly right: Numeric }
  | { readonly kind: 'extreme'; readonly op: ExtremeOperator; readonly values: readonly Numeric[] }
  | { readonly kind: 'unary'; readonly op: UnaryOperator; readonly value: Numeric }
  | { readonly kind: 'clamp'; readonly value: Numeric; readonly min: Numeric; readonly max: Numeric }
  | {
      readonly kind: 'div0';
      readonly numerator: Numeric;
      readonly denominator: Numeric;
      readonly fallback: Numeric;
    };

export type Test =
  | { readonly kind: 'compare'; readonly op: Comparison; readonly left: Numeric; readonly right: Numeric }
  | { readonly kind: 'and' | 'or'; readonly tests: readonly Test[] }
  | { readonly kind: 'not'; readonly test: Test };

export const rtgsPriorities = ['HighlyUrgent', 'Urgent', 'Normal'] as const;
export type RtgsPriority = (typeof rtgsPriorities)[number];

export type PaymentAction =
  | {
      readonly name: 'Release' | 'ReleaseWithCredit';
      /** Priority that the payment takes on as it is released. */
      readonly priority: number | undefined;
      readonly timedForTick: Numeric | undefined;
    }
  | { readonly name: 'PaceAndRelease' | 'Split'; readonly numSplits: Numeric }
  | {
      readonly name: 'StaggerSplit';
      readonly numSplits: Numeric;
      readonly staggerFirstNow: Numeric;
      readonly staggerGapTicks: Numeric;
      readonly priorityBoostChildren: Numeric;
    }
  | { readonly name: 'Hold'; readonly reason: string | undefined }
  | { readonly name: 'Drop' }
  | { readonly name: 'Reprioritize'; readonly newPriority: Numeric }
  | { readonly name: 'WithdrawFromRtgs' }
  | { readonly name: 'ResubmitToRtgs'; readonly rtgsPriority: RtgsPriority };

export type BankAction =
  | {
      readonly name: 'SetReleaseBudget';
      readonly maxValueToRelease: Numeric;
      readonly focusCounterparties: readonly string[] | undefined;
      readonly maxPerCounterparty: Numeric | undefined;
    }
  | {
      readonly name: 'SetState' | 'AddState';
      readonly key: string;
      readonly value: Numeric;
      readonly reason: string | undefined;
    }
  | { readonly name: 'NoAction' };

export type CollateralAction =
  | {
      readonly name: 'PostCollateral';
      readonly amount: Numeric;
      readonly reason: string | undefined;
      readonly autoWithdrawAfterTicks: Numeric | undefined;
    }
  | { readonly name: 'WithdrawCollateral'; readonly amount: Numeric; readonly reason: string | undefined }
  | { readonly name: 'HoldCollateral' };

export type TreeNode<Action> =
  | {
      readonly kind: 'condition';
      readonly nodeId: string;
      readonly test: Test;
      readonly onTrue: TreeNode<Action>;
      readonly onFalse: TreeNode<Action>;
    }
  | { readonly kind: 'action'; readonly nodeId: string; readonly action: Action };

export interface LoadedPolicy {
  readonly policyId: string;
  readonly version: string;
  readonly parameters: ReadonlyMap<string, number>;
  readonly bankTree: TreeNode<BankAction> | undefined;
  readonly paymentTree: TreeNode<PaymentAction> | undefined;
  readonly strategicCollateralTree: TreeNode<CollateralAction> | undefined;
  readonly endOfTickCollateralTree: TreeNode<CollateralAction> | undefined;
}
