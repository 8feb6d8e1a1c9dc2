/** How much a benchmark database holds. */
export interface BenchShape {
  readonly fileName: string;
  readonly experiments: number;
  readonly iterations: number;
  /** Events of the one simulation run that each iteration has. */
  readonly eventsPerRun: number;
  readonly samplesPerProposal: number;
  /** Length of the longest user prompt; the shortest is a third of it. */
  readonly promptCharacters: number;
}

/** About 1 GB, most of it simulation events, as a month of experiments leaves behind. */
export const bigShape: BenchShape = {
  fileName: 'bench-1gb-2.db',
  experiments: 40,
  iterations: 50,
  eventsPerRun: 2_000,
  samplesPerProposal: 50,
  promptCharacters: 60_000,
};

/** The same on a small scale, to try the benchmark itself. */
export const smallShape: BenchShape = {
  ...bigShape,
  fileName: 'bench-small-2.db',
  experiments: 4,
  eventsPerRun: 300,
};

/** One experiment of 10,000 iterations: what other dashboards of this kind are slow with. */
export const longShape: BenchShape = {
  fileName: 'bench-10000-iterations-2.db',
  experiments: 1,
  iterations: 10_000,
  eventsPerRun: 12,
  samplesPerProposal: 0,
  promptCharacters: 600,
};
