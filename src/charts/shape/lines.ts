import type { AgentId } from '../../lib/ids.ts';
import type { IterationRow } from '../../domain/experiment/normalised.ts';
import { centsToPlotNumber, type Cents } from '../../lib/units.ts';
import type { LinePoint } from './panel.ts';

/** One point per stored iteration, and a break where iterations are missing between two stored ones. */
export function lineOver(
  rows: readonly IterationRow[],
  valueOf: (row: IterationRow) => number | undefined,
  intervalOf: (row: IterationRow) => LinePoint['interval'] = () => undefined,
): readonly LinePoint[] {
  const points: LinePoint[] = [];
  let previous: number | undefined;
  for (const row of rows) {
    const { iteration } = row;
    if (previous !== undefined && iteration > previous + 1) {
      points.push({ iteration: previous + 1, value: undefined, interval: undefined });
    }
    points.push({ iteration, value: valueOf(row), interval: intervalOf(row) });
    previous = iteration;
  }
  return points;
}

/** The parameter of the policy in force. */
export function parameterLine(
  rows: readonly IterationRow[],
  agent: AgentId,
  parameter: string,
): readonly LinePoint[] {
  return lineOver(rows, (row) => row.parameters.get(agent)?.get(parameter));
}

/** `costs_per_agent[k]`: the cost of the policy in force, measured in iteration k. */
export function measuredLine(rows: readonly IterationRow[], agent: AgentId): readonly LinePoint[] {
  return lineOver(rows, (row) => plotNumber(row.costsCents.get(agent)));
}

export function totalLine(rows: readonly IterationRow[]): readonly LinePoint[] {
  return lineOver(rows, (row) => plotNumber(row.totalCents));
}

/** Cents as a position, absence kept. */
export function plotNumber(value: Cents | undefined): number | undefined {
  return value === undefined ? undefined : centsToPlotNumber(value);
}
