/** What we use of the library, which ships no types. */
declare module 'jstat' {
  interface Distribution {
    /** Probability of a value up to `x`. */
    cdf(x: number, degrees: number): number;
    /** The value that is not exceeded with this probability. */
    inv(probability: number, degrees: number): number;
  }
  const jStat: { readonly studentt: Distribution };
  // oxlint-disable-next-line house/name-exports -- the library has no other export
  export default jStat;
}
