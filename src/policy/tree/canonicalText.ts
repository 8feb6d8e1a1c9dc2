import { isJsonObject, type Json } from '../../lib/json.ts';

type Step = { readonly print: string } | { readonly value: Json };

/**
 * JSON text with sorted keys, so that equal values give equal text. A file may nest as deep as it likes: the
 * steps lie on a list of their own and not on the browser's stack.
 */
export function canonicalText(json: Json): string {
  const parts: string[] = [];
  const steps: Step[] = [{ value: json }];
  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    if ('print' in step) parts.push(step.print);
    else if (Array.isArray(step.value)) pushArray(steps, step.value);
    else if (isJsonObject(step.value)) pushObject(steps, step.value);
    else parts.push(typeof step.value === 'bigint' ? step.value.toString() : JSON.stringify(step.value));
  }
  return parts.join('');
}

function pushArray(steps: Step[], items: readonly Json[]): void {
  steps.push({ print: ']' });
  for (let i = items.length - 1; i >= 0; i -= 1) {
    steps.push({ value: items[i] ?? null }, { print: i === 0 ? '[' : ',' });
  }
  if (items.length === 0) steps.push({ print: '[' });
}

function pushObject(steps: Step[], object: Readonly<Record<string, Json>>): void {
  const keys = Object.keys(object).sort();
  steps.push({ print: '}' });
  for (let i = keys.length - 1; i >= 0; i -= 1) {
    const key = keys[i] ?? '';
    steps.push({ value: object[key] ?? null }, { print: `${i === 0 ? '{' : ','}${JSON.stringify(key)}:` });
  }
  if (keys.length === 0) steps.push({ print: '{' });
}
