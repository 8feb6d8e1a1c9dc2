import type { AccruedCosts } from './events.ts';
import { safe } from './exact.ts';

/** Costs by component, in cents. `penalty` holds deadline and end-of-day penalties. */
export interface CostBook {
  liquidity: number;
  delay: number;
  collateral: number;
  penalty: number;
  splitFriction: number;
  opportunity: number;
}

export function emptyBook(): CostBook {
  return { liquidity: 0, delay: 0, collateral: 0, penalty: 0, splitFriction: 0, opportunity: 0 };
}

export function chargedTotal(book: Readonly<CostBook>): number {
  return safe(
    book.liquidity + book.delay + book.collateral + book.penalty + book.splitFriction + book.opportunity,
  );
}

export function addTo(book: CostBook, costs: Readonly<CostBook>): void {
  book.liquidity += costs.liquidity;
  book.delay += costs.delay;
  book.collateral += costs.collateral;
  book.penalty += costs.penalty;
  book.splitFriction += costs.splitFriction;
  book.opportunity += costs.opportunity;
}

export function clearBook(book: CostBook): void {
  book.liquidity = 0;
  book.delay = 0;
  book.collateral = 0;
  book.penalty = 0;
  book.splitFriction = 0;
  book.opportunity = 0;
}

/** As the event of domain.md 7.2 writes it, with the component that the original omits. */
export function toAccruedCosts(book: Readonly<CostBook>): AccruedCosts {
  return {
    liquidity_cost: book.liquidity,
    delay_cost: book.delay,
    collateral_cost: book.collateral,
    penalty_cost: book.penalty,
    split_friction_cost: book.splitFriction,
    liquidity_opportunity_cost: book.opportunity,
    total: chargedTotal(book),
  };
}

/** A charge of split friction alone. */
export function splitCosts(cents: number): CostBook {
  return { ...emptyBook(), splitFriction: cents };
}
