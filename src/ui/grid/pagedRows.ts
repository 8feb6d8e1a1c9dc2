/** Rows of a grid that are fetched in blocks as they come into sight; the grid never holds all of them. */
export interface PagedRows<Row> {
  /** All rows there are, fetched or not. */
  readonly count: number;
  /** `undefined`: not fetched yet; the grid says "loading" in its place. */
  readonly rowAt: (index: number) => Row | undefined;
  /** Told after every drawing which rows the screen wants. Must be stable. */
  readonly onDrawn: (indexes: readonly number[]) => void;
  /** The row that the table scrolls to the top of, whenever it changes. */
  readonly topRow?: number | undefined;
}
