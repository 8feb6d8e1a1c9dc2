import { isJsonObject, parseJson, type Json, type JsonObject } from '../../lib/json.ts';
import { agentId, type AgentId } from '../../lib/ids.ts';
import { cents, type Cents } from '../../lib/units.ts';

/** A stored event as every dialect has it: order is the order of the list. */
export interface StoredEvent {
  readonly tick: number;
  readonly eventType: string;
  readonly agentId?: string | undefined;
  readonly txId?: string | undefined;
  readonly details: JsonObject;
}

/** An event lacks what its type promises. The replay notes it and goes on. */
export class IncompleteEvent extends Error {
  override readonly name = 'IncompleteEvent';
}

function wanted(key: string, kind: string, value: Json | undefined): never {
  throw new IncompleteEvent(`"${key}" is ${JSON.stringify(value) || 'absent'}, not ${kind}`);
}

/** An amount of whole cents. */
export function money(details: JsonObject, key: string): Cents {
  const value = details[key];
  if (typeof value === 'bigint') return cents(value);
  return typeof value === 'number' && Number.isSafeInteger(value)
    ? cents(value)
    : wanted(key, 'an integer number of cents', value);
}

export function moneyList(details: JsonObject, key: string): readonly Cents[] {
  const value = details[key];
  if (!Array.isArray(value)) return wanted(key, 'a list', value);
  return value.map((item) => money({ [key]: item }, key));
}

export function text(details: JsonObject, key: string): string {
  const value = details[key];
  return typeof value === 'string' ? value : wanted(key, 'a text', value);
}

export function agent(details: JsonObject, key: string): AgentId {
  return agentId(text(details, key));
}

export function textList(details: JsonObject, key: string): readonly string[] {
  const value = details[key];
  if (!Array.isArray(value)) return wanted(key, 'a list', value);
  return value.map((item) => (typeof item === 'string' ? item : wanted(key, 'a list of texts', item)));
}

export function object(details: JsonObject, key: string): JsonObject {
  const value = details[key];
  return isJsonObject(value) ? value : wanted(key, 'an object', value);
}

/** JSON text inside the details (`details_json` of scenario events). */
export function innerObject(details: JsonObject, key: string): JsonObject {
  const parsed = parseJson(text(details, key));
  return parsed.ok && isJsonObject(parsed.value)
    ? parsed.value
    : wanted(key, 'JSON of an object', details[key]);
}

export function ownAgent(event: StoredEvent): AgentId {
  return event.agentId === undefined ? wanted('agent_id', 'an agent', undefined) : agentId(event.agentId);
}

export function ownPayment(event: StoredEvent): string {
  return event.txId ?? wanted('tx_id', 'a payment', undefined);
}
