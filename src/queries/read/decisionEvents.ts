import type { DecisionEvidence } from '../../domain/verdict/evidence.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Json } from '../../lib/json.ts';
import { sql, type Sql } from '../../lib/sql.ts';
import { agentId } from '../../lib/ids.ts';
import { readEventObjects, type EventObject } from './eventObjects.ts';
import { centsField, textField } from './jsonFields.ts';

export interface StoredDecision extends DecisionEvidence {
  readonly fileId: string;
  readonly experimentId: string;
}

/** `policy_change` and `policy_rejected` events (domain.md 5.2, 5.3): no upstream writer stores them, others may. */
export async function readDecisions(
  engine: Engine,
  condition: Sql,
  signal: AbortSignal | undefined,
): Promise<StoredDecision[]> {
  const rejected = await readEventObjects(
    engine,
    sql`${condition} AND event_type = 'policy_rejected'`,
    whole,
    signal,
  );
  const changed = await readEventObjects(
    engine,
    sql`${condition} AND event_type = 'policy_change'`,
    whole,
    signal,
  );
  return [...rejected.flatMap(rejection), ...changed.flatMap(change)];
}

const whole = { text: sql`event_data`, keys: [] };

function change(event: EventObject): StoredDecision[] {
  const { accepted, new_policy: policy } = event.fields;
  if (typeof accepted !== 'boolean') return [];
  return decision(event, accepted ? 'accepted' : 'rejected', undefined, policy);
}

function rejection(event: EventObject): StoredDecision[] {
  const { rejection_reason: rule, validation_errors: errors, proposed_policy: policy } = event.fields;
  const words = Array.isArray(errors) ? errors.flatMap((error) => textField(error) ?? []).join('; ') : '';
  const failed = rule === 'validation_failed' || (rule === undefined && words !== '');
  return decision(event, failed ? 'invalid' : 'rejected', words === '' ? textField(rule) : words, policy);
}

function decision(
  { fileId, experimentId, iteration, eventId, fields }: EventObject,
  verdict: DecisionEvidence['verdict'],
  reason: string | undefined,
  policy: Json | undefined,
): StoredDecision[] {
  const agent = textField(fields.agent_id);
  if (agent === undefined) return [];
  const costs = { oldCostCents: centsField(fields.old_cost), newCostCents: centsField(fields.new_cost) };
  return [
    { fileId, experimentId, iteration, eventId, agentId: agentId(agent), verdict, reason, policy, ...costs },
  ];
}
