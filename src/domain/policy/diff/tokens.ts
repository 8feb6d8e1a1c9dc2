import { isJsonObject, type Json } from '../../../lib/json.ts';
import { isComparison } from '../tree/policyText.ts';

/** Parts of a condition in the order of its canonical text. */
export interface Token {
  /** `threshold`: a number or a parameter; `shape`: everything that holds the parts together. */
  readonly kind: 'operator' | 'threshold' | 'field' | 'shape';
  readonly text: string;
  /** Of a threshold, as stored. */
  readonly json?: Json;
}

/** Takes a condition apart; without recursion, since nothing bounds how deep a file nests. */
export function tokensOf(expression: Json | undefined): Token[] {
  const tokens: Token[] = [];
  const steps: (Token | { readonly json: Json })[] = expression === undefined ? [] : [{ json: expression }];
  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    if ('kind' in step) tokens.push(step);
    else steps.push(...partsOf(step.json).reverse());
  }
  return tokens;
}

function shape(text: string): Token {
  return { kind: 'shape', text };
}

function partsOf(json: Json): (Token | { readonly json: Json })[] {
  if (Array.isArray(json)) return [shape('['), ...json.map((item) => ({ json: item })), shape(']')];
  if (!isJsonObject(json)) return [shape(typeof json === 'bigint' ? String(json) : JSON.stringify(json))];
  const keys = Object.keys(json).sort();
  if (keys.length === 1) {
    const { field, param, value } = json;
    if (typeof field === 'string') return [{ kind: 'field', text: field }];
    if (typeof param === 'string') return [{ kind: 'threshold', text: `param ${param}`, json }];
    if (typeof value === 'number' || typeof value === 'bigint')
      return [{ kind: 'threshold', text: String(value), json }];
  }
  const members = keys.flatMap((key) => {
    const member = json[key] ?? null;
    return [
      shape(`${key}:`),
      key === 'op' && isComparison(member) ? ({ kind: 'operator', text: member } as const) : { json: member },
    ];
  });
  return [shape('{'), ...members, shape('}')];
}

/** Names of the parameters that a value or condition refers to. */
export function parametersIn(json: Json): string[] {
  return tokensOf(json).flatMap(({ json: threshold }) =>
    isJsonObject(threshold) && typeof threshold.param === 'string' ? [threshold.param] : [],
  );
}

export type ConditionPart = 'operator' | 'threshold' | 'field' | 'shape';

/** In what two conditions differ; `shape` alone when they are built differently. Empty when they are equal. */
export function differingParts(before: readonly Token[], after: readonly Token[]): readonly ConditionPart[] {
  if (before.length !== after.length) return ['shape'];
  const parts = new Set<ConditionPart>();
  for (const [i, token] of before.entries()) {
    const other = after[i];
    if (token.kind !== other?.kind) return ['shape'];
    if (token.text !== other.text) parts.add(token.kind);
  }
  return parts.has('shape') ? ['shape'] : [...parts];
}
