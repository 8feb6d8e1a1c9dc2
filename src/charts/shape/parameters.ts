import { liquidityFraction, parameterText } from '../../domain/policy/parameters.ts';
import type { ExperimentDetail } from '../../domain/experiment/normalised.ts';

/** Numeric parameters that any policy or proposal of the experiment has: the liquidity fraction first, then by name. */
export function drawnParameters(detail: ExperimentDetail): readonly string[] {
  const names = new Set<string>();
  for (const row of detail.iterations) {
    for (const parameters of row.parameters.values()) for (const name of parameters.keys()) names.add(name);
  }
  for (const proposal of detail.proposals) for (const name of proposal.parameters.keys()) names.add(name);
  const rest = [...names].filter((name) => name !== liquidityFraction).sort();
  return names.has(liquidityFraction) ? [liquidityFraction, ...rest] : rest;
}

/** `initial_liquidity_fraction` as a heading: `Initial liquidity fraction`. */
export function parameterLabel(name: string): string {
  const words = name.replaceAll('_', ' ').trim();
  return words === '' ? name : words.charAt(0).toUpperCase() + words.slice(1);
}

/** The value with all the digits that were written; the liquidity fraction in percent. */
export const formatParameter = parameterText;
