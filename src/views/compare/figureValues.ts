import { liquidityFraction } from '../../domain/policy/parameterText.ts';
import type { ExperimentDossier, IterationRow } from '../../domain/experiment/normalised.ts';
import type { AgentId } from '../../lib/ids.ts';
import { subtractCents, type Cents } from '../../lib/units.ts';
import type { Compared } from './useCompared.ts';

/** What the figure draws of each experiment: whole cents, or a parameter's number. */
export type Value = Cents | number;

export interface FigureSubject {
  /** A numeric parameter; undefined is the cost. */
  readonly parameter: string | undefined;
  /** Undefined is the total cost over agents. */
  readonly agent: AgentId | undefined;
}

/** One experiment by iteration; undefined where it is not recorded. */
export interface Series {
  readonly one: Compared;
  readonly isBaseline: boolean;
  readonly values: ReadonlyMap<number, Value | undefined>;
}

/** One series an experiment; `relative`: minus the baseline at the same iteration, where that has one. */
export function seriesOf(
  compared: readonly Compared[],
  baseline: Compared | undefined,
  subject: FigureSubject,
  relative: boolean,
): readonly Series[] {
  const of = ({ dossier }: Compared) =>
    new Map(dossier.iterations.map((row) => [row.iteration, valueOf(row, subject)]));
  const base = baseline === undefined ? undefined : of(baseline);
  return compared.map((one) => {
    const own = of(one);
    const values = relative
      ? new Map([...own].map(([iteration, value]) => [iteration, minus(value, base?.get(iteration))]))
      : own;
    return { one, isBaseline: one === baseline, values };
  });
}

function valueOf(row: IterationRow, { parameter, agent }: FigureSubject): Value | undefined {
  if (parameter !== undefined)
    return agent === undefined ? undefined : row.parameters.get(agent)?.get(parameter);
  return agent === undefined ? row.totalCents : row.costsCents.get(agent);
}

function minus(value: Value | undefined, base: Value | undefined): Value | undefined {
  if (typeof value === 'bigint' && typeof base === 'bigint') return subtractCents(value, base);
  if (typeof value === 'number' && typeof base === 'number') return Number((value - base).toPrecision(12));
  return undefined;
}

/** Agents of any of them, in the order in which they come. */
export function agentsOf(compared: readonly Compared[]): readonly AgentId[] {
  return [...new Set(compared.flatMap(({ dossier }) => dossier.agents))];
}

/** Numeric parameters of any policy in force: the liquidity fraction first, then by name. */
export function parametersOf(dossiers: readonly ExperimentDossier[]): readonly string[] {
  const names = new Set<string>();
  for (const { iterations } of dossiers)
    for (const { parameters } of iterations)
      for (const ofAgent of parameters.values()) for (const name of ofAgent.keys()) names.add(name);
  const rest = [...names].filter((name) => name !== liquidityFraction).sort();
  return names.has(liquidityFraction) ? [liquidityFraction, ...rest] : rest;
}
