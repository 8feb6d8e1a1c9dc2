/**
 * The components of cost, in the order in which screens list them: the one place that names them for everything that
 * reads files. SQL, sums, column heads, words and charts are derived from here. (The independent replay of `replay/` and
 * the lab name them a second time on purpose.)
 */
import { subtractCents, type Cents } from '../lib/units.ts';

export interface CostComponent {
  /** Its name in answers (`overdraftCents`) and in addresses. */
  readonly id: string;
  /** Its column in the tables of a prepared run. */
  readonly column: string;
  /** Its key inside `CostAccrual.costs`, and its column in `tick_agent_states` (domain.md 7.3, 2.11). */
  readonly eventKey: string;
  /** Its place among the keys of `CostAccrual.costs`, from 1 (domain.md 7.2). */
  readonly writtenPlace: number;
  /** Its column in `daily_agent_metrics` (domain.md 2.10). */
  readonly dailyColumn: string;
  /** Head of a column. */
  readonly title: string;
  /** What a head alone does not say. */
  readonly hint?: string;
  /** In a list of parts: `delay $34.12, penalties $3,100.00`. */
  readonly word: string;
  /** In a sentence: `No delay cost accrues.` */
  readonly noun: string;
  readonly soFarTitle: string;
}

/** What an accrual lists, in cents. */
export const listedCosts = [
  {
    id: 'overdraft',
    column: 'overdraft',
    eventKey: 'liquidity_cost',
    writtenPlace: 1,
    dailyColumn: 'liquidity_cost',
    title: 'Overdraft',
    word: 'overdraft',
    noun: 'overdraft cost',
    soFarTitle: 'Overdraft cost so far',
  },
  {
    id: 'delay',
    column: 'delay',
    eventKey: 'delay_cost',
    writtenPlace: 2,
    dailyColumn: 'delay_cost',
    title: 'Delay',
    word: 'delay',
    noun: 'delay cost',
    soFarTitle: 'Delay cost so far',
  },
  {
    id: 'penalty',
    column: 'penalty',
    eventKey: 'penalty_cost',
    writtenPlace: 4,
    dailyColumn: 'deadline_penalty_cost',
    title: 'Penalties',
    hint: 'deadline and end-of-day penalties',
    word: 'penalties',
    noun: 'penalty cost',
    soFarTitle: 'Penalties so far',
  },
  {
    id: 'collateral',
    column: 'collateral',
    eventKey: 'collateral_cost',
    writtenPlace: 3,
    dailyColumn: 'collateral_cost',
    title: 'Collateral',
    word: 'collateral',
    noun: 'collateral cost',
    soFarTitle: 'Collateral cost so far',
  },
  {
    id: 'splitFriction',
    column: 'split_friction',
    eventKey: 'split_friction_cost',
    writtenPlace: 5,
    dailyColumn: 'split_friction_cost',
    title: 'Splitting',
    word: 'splitting',
    noun: 'splitting cost',
    soFarTitle: 'Splitting cost so far',
  },
] as const satisfies readonly CostComponent[];

/** Listed nowhere: what the total exceeds the listed parts by (domain.md 7.3). */
export const opportunityCost = {
  id: 'opportunity',
  title: 'Opportunity',
  hint: 'liquidity opportunity cost: what the total exceeds the listed parts by',
  word: 'opportunity',
  noun: 'opportunity cost',
  soFarTitle: 'Opportunity cost so far',
} as const;

/** Keys of an accrual's `costs` in the order in which writers put them. */
export const writtenCostKeys: readonly string[] = [
  ...[...listedCosts].sort((a, b) => a.writtenPlace - b.writtenPlace).map(({ eventKey }) => eventKey),
  'total',
];

/** All of them; together they are the total. */
export const allCosts = [...listedCosts, opportunityCost] as const;

export type ListedCostId = (typeof listedCosts)[number]['id'];
export type CostId = (typeof allCosts)[number]['id'];

export type ByListedCost<T> = Readonly<Record<ListedCostId, T>>;

/** One value for each component that accruals list. */
export function byListedCost<T>(make: (component: (typeof listedCosts)[number]) => T): ByListedCost<T> {
  return Object.fromEntries(
    listedCosts.map((component) => [component.id, make(component)]),
  ) as ByListedCost<T>;
}

/** One value for each component, opportunity cost among them. */
export function byCost<T>(make: (component: (typeof allCosts)[number]) => T): Readonly<Record<CostId, T>> {
  return Object.fromEntries(allCosts.map((component) => [component.id, make(component)])) as Record<
    CostId,
    T
  >;
}

/** Cost of one agent by component (`overdraftCents`, ..., `opportunityCents`); the parts add up to `totalCents`. */
export type AgentCosts = { readonly totalCents: Cents } & {
  readonly [Id in CostId as `${Id}Cents`]: Cents;
};

/** Opportunity cost is the rest that the listed parts leave of the total. */
export function agentCosts(totalCents: Cents, listed: ByListedCost<Cents>): AgentCosts {
  const parts = Object.fromEntries(listedCosts.map(({ id }) => [`${id}Cents`, listed[id]])) as {
    readonly [Id in ListedCostId as `${Id}Cents`]: Cents;
  };
  const opportunityCents = listedCosts.reduce((rest, { id }) => subtractCents(rest, listed[id]), totalCents);
  return { totalCents, ...parts, opportunityCents };
}

export const costOf = (costs: AgentCosts, id: CostId): Cents => costs[`${id}Cents`];
