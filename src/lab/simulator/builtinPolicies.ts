/** The named policies of a scenario, written as the trees they stand for (domain.md 1.4). */
import { parseJson, type Json, type JsonObject } from '../../lib/json.ts';
import { err, type Result } from '../../lib/result.ts';
import type { LoadedPolicy } from '../../domain/policy/interpret/ast.ts';
import type { PolicyProblem } from '../../domain/policy/interpret/loadNumeric.ts';
import { loadPolicy } from '../../domain/policy/interpret/loadPolicy.ts';
import type { PolicyConfig } from './scenarioConfig.ts';

const field = (name: string): JsonObject => ({ field: name });
const value = (number: number): JsonObject => ({ value: number });

function act(nodeId: string, action: string, parameters: JsonObject = {}): JsonObject {
  return { type: 'action', node_id: nodeId, action, parameters };
}

function choose(nodeId: string, condition: JsonObject, onTrue: JsonObject, onFalse: JsonObject): JsonObject {
  return { type: 'condition', node_id: nodeId, condition, on_true: onTrue, on_false: onFalse };
}

const awaitInflows = act('wait', 'Hold', { reason: { value: 'AwaitingInflows' } });

function isUrgent(threshold: number): JsonObject {
  return { op: '<=', left: field('ticks_to_deadline'), right: value(threshold) };
}

function treeOf(config: Exclude<PolicyConfig, { type: 'InlineJson' }>): JsonObject {
  switch (config.type) {
    case 'Fifo':
      return act('release', 'Release');
    case 'Deadline':
      return choose(
        'urgent',
        isUrgent(config.urgency_threshold),
        act('release', 'Release'),
        act('wait', 'Hold'),
      );
    case 'LiquidityAware': {
      const kept = {
        compute: { op: '-', left: field('effective_liquidity'), right: field('remaining_amount') },
      };
      const affordable = { op: '>=', left: kept, right: value(config.target_buffer) };
      const condition = { op: 'or', conditions: [isUrgent(config.urgency_threshold), affordable] };
      return choose('affordable', condition, act('release', 'Release'), awaitInflows);
    }
    case 'LiquiditySplitting': {
      const affordable = { op: '>=', left: field('effective_liquidity'), right: field('remaining_amount') };
      const parts: Json = {
        compute: {
          op: 'clamp',
          value: {
            compute: {
              op: 'ceil',
              value: {
                compute: {
                  op: 'div0',
                  numerator: field('remaining_amount'),
                  denominator: field('effective_liquidity'),
                  default: value(config.max_splits),
                },
              },
            },
          },
          min: value(2),
          max: value(config.max_splits),
        },
      };
      const large = { op: '>=', left: field('remaining_amount'), right: value(2 * config.min_split_amount) };
      const divide = choose('large', large, act('split', 'Split', { num_splits: parts }), awaitInflows);
      return choose('affordable', affordable, act('release', 'Release'), divide);
    }
    case 'MockSplitting':
      return act('split', 'Split', { num_splits: value(config.num_splits) });
  }
}

/** The policy that a scenario gives to an agent. `InlineJson` may be anything and so may be refused. */
export function configuredPolicy(
  agentId: string,
  config: PolicyConfig,
): Result<LoadedPolicy, readonly PolicyProblem[]> {
  if (config.type !== 'InlineJson') {
    return loadPolicy({
      version: '2.0',
      policy_id: `${agentId}_${config.type}`,
      payment_tree: treeOf(config),
    });
  }
  const json = parseJson(config.json_string);
  return json.ok ? loadPolicy(json.value) : err([{ path: 'json_string', message: json.error }]);
}
