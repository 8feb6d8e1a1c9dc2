import { isJsonObject, type Json, type JsonObject } from '../../../lib/json.ts';
import { ok, type Result } from '../../../lib/result.ts';
import { treeNames } from '../interpret/ast.ts';
import { liquidityFraction } from '../parameterText.ts';
import { parsePolicy } from '../parse.ts';
import type { PolicyTree, StoredPolicy } from './policyTree.ts';
import { readTree } from './readTree.ts';

const knownTrees: ReadonlySet<string> = new Set(treeNames);

/** A stored policy from its JSON text; only a text that is no JSON object is an error. */
export function readPolicyText(text: string): Result<StoredPolicy, string> {
  const parsed = parsePolicy(text);
  return parsed.ok ? ok(readPolicy(parsed.value)) : parsed;
}

/** A stored policy from parsed JSON. */
export function readPolicy(json: JsonObject): StoredPolicy {
  const parameters = new Map<string, Json>();
  const trees = new Map<string, PolicyTree>();
  const others = new Map<string, Json>();
  if (isJsonObject(json.parameters)) {
    for (const [name, value] of Object.entries(json.parameters)) parameters.set(name, value);
  }
  const unknownTrees = Object.keys(json).filter((key) => isUnknownTree(key, json[key]));
  for (const name of [...treeNames, ...unknownTrees]) {
    const tree = readTree(name, json[name]);
    if (tree !== undefined) trees.set(name, tree);
  }
  for (const [key, value] of Object.entries(json)) {
    if (knownTrees.has(key) || trees.has(key)) continue;
    if (key === 'parameters' && isJsonObject(value)) continue;
    if (key === liquidityFraction && !parameters.has(key)) parameters.set(key, value);
    else others.set(key, value);
  }
  return { parameters, trees, others };
}

/** A member that no engine evaluates today, but that looks like a tree. */
function isUnknownTree(key: string, value: Json | undefined): boolean {
  if (knownTrees.has(key) || !isJsonObject(value)) return false;
  return value.type === 'condition' || value.type === 'action' || key.endsWith('_tree');
}
