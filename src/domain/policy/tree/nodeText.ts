import { canonicalJson } from '../../../lib/json.ts';
import { expressionText } from './expressionText.ts';
import type { ActionNode, StoredNode } from './policyTree.ts';
import { valueText, type Parameters } from './valueText.ts';

/** What a node does or asks, in one line: `balance >= 2000`, `Hold (reason “AwaitingInflows”)`. */
export function nodeText(node: StoredNode, parameters: Parameters): string {
  switch (node.kind) {
    case 'condition':
      return `${expressionText(node.expression, parameters)}${othersText(node)}`;
    case 'action':
      return `${actionText(node, parameters)}${othersText(node)}`;
    case 'odd':
      return node.json === undefined ? '…' : canonicalJson(node.json);
  }
}

function actionText(node: ActionNode, parameters: Parameters): string {
  const name = node.action === '' ? '(no action)' : node.action;
  const given = [...node.parameters].map(([key, value]) => `${key} ${valueText(value, parameters)}`);
  return given.length === 0 ? name : `${name} (${given.join(', ')})`;
}

/** Members that no node has by its kind, so that nothing stored goes unseen. */
function othersText({ others }: StoredNode): string {
  return [...others].map(([key, value]) => `; ${key}: ${canonicalJson(value)}`).join('');
}
