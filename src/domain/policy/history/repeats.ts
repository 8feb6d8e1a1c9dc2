import { isJsonObject, type Json, canonicalJson, type JsonObject } from '../../../lib/json.ts';
import { tokensOf } from '../diff/tokens.ts';
import { liquidityFraction, numericParameters, parameterText } from '../parameters.ts';
import { type StoredPolicy, type StoredNode, policyOf, type PolicyInput } from '../tree/readPolicy.ts';

/** A proposal as far as repeats are concerned; `structure` is undefined where no policy was read. */
export interface Proposed {
  readonly iteration: number;
  readonly agentId: string;
  readonly structure: PolicyStructure | undefined;
}

export interface Repeat<T> {
  readonly entry: T;
  readonly similarity: Exclude<StructureSimilarity, 'different'>;
}

/** Other proposals of the same agent that are the same, nearly so, or differ in the tree alone; by iteration. */
export function repeatsOf<T extends Proposed>(
  entries: readonly T[],
  agentId: string,
  iteration: number,
): readonly Repeat<T>[] {
  const ofAgent = entries.filter((entry) => entry.agentId === agentId);
  const asked = ofAgent.find((entry) => entry.iteration === iteration)?.structure;
  if (asked === undefined) return [];
  return ofAgent.flatMap((entry) => {
    if (entry.iteration === iteration || entry.structure === undefined) return [];
    const found = structureSimilarity(entry.structure, asked);
    return found === 'different' ? [] : [{ entry, similarity: found }];
  });
}

/** Proposals of one agent that say the same: the first one, and all that are the same or nearly the same. */
export interface RepeatGroup<T> {
  readonly first: T;
  /** By iteration; the first one is not among them. */
  readonly again: readonly (Repeat<T> & { readonly similarity: 'same' | 'nearly' })[];
}

/** Width of a step as a ratio: numbers within the tolerance of 1 % are in the same step or in neighbouring ones. */
const stepRatio = Math.log(1.02);

/** A coarse place of the number that most proposals differ in, so that not every pair is compared. */
function stepOf({ outline, parameters }: PolicyStructure): number {
  const value = parameters.get(liquidityFraction) ?? outline.numbers[0]?.value ?? 0;
  const size = Math.abs(value);
  return size > 0 && Number.isFinite(size) ? Math.floor(Math.log(size) / stepRatio) : 0;
}

/** Groups of two or more, those with most proposals first. Each proposal is in one group: with its equal, if any. */
export function repeatGroups<T extends Proposed>(entries: readonly T[]): readonly RepeatGroup<T>[] {
  const groups: { first: T; structure: PolicyStructure; again: RepeatGroup<T>['again'][number][] }[] = [];
  const byBuild = new Map<string, typeof groups>();
  for (const entry of [...entries].sort((a, b) => a.iteration - b.iteration)) {
    const { structure } = entry;
    if (structure === undefined) continue;
    const key = JSON.stringify([entry.agentId, structure.outline.shape]);
    const step = stepOf(structure);
    const alike = [step - 1, step, step + 1]
      .flatMap((one) => byBuild.get(`${key} ${one}`) ?? [])
      .sort((a, b) => a.first.iteration - b.first.iteration);
    const same = alike.find((group) => structureSimilarity(group.structure, structure) === 'same');
    const near = same ?? alike.find((group) => structureSimilarity(group.structure, structure) === 'nearly');
    if (near === undefined) {
      const group = { first: entry, structure, again: [] };
      groups.push(group);
      const place = `${key} ${step}`;
      byBuild.set(place, [...(byBuild.get(place) ?? []), group]);
    } else near.again.push({ entry, similarity: same === undefined ? 'nearly' : 'same' });
  }
  return groups
    .filter(({ again }) => again.length > 0)
    .sort((a, b) => b.again.length - a.again.length || a.first.iteration - b.first.iteration)
    .map(({ first, again }) => ({ first, again }));
}

/**
 * Of each proposal how many earlier ones of the same agent say the same, names apart; undefined where no policy was
 * read. In the order of the entries.
 */
export function earlierSame(entries: readonly Proposed[]): readonly (number | undefined)[] {
  const seen = new Map<string, number>();
  const counts = new Map<Proposed, number>();
  for (const entry of entries.toSorted((a, b) => a.iteration - b.iteration)) {
    if (entry.structure === undefined) continue;
    const { shape, numbers } = entry.structure.outline;
    const key = JSON.stringify([entry.agentId, shape, ...numbers.map(({ value }) => value)]);
    const before = seen.get(key) ?? 0;
    counts.set(entry, before);
    seen.set(key, before + 1);
  }
  return entries.map((entry) => counts.get(entry));
}

/** A policy taken apart for comparing, and its numeric parameters. */
export interface PolicyStructure {
  readonly outline: PolicyOutline;
  readonly parameters: ReadonlyMap<string, number>;
}

/** Undefined for what is no policy. */
export function policyStructure(policy: Json | undefined): PolicyStructure | undefined {
  if (!isJsonObject(policy)) return undefined;
  const outline = policyOutline(policy);
  return outline === undefined ? undefined : { outline, parameters: numericParameters(policy) };
}

/** `same`: names apart. `nearly`: each number within 1 %. `other tree`: the same parameters, another tree. */
export type StructureSimilarity = 'same' | 'nearly' | 'other tree' | 'different';

export function structureSimilarity(a: PolicyStructure, b: PolicyStructure): StructureSimilarity {
  const { kind } = outlineSimilarity(a.outline, b.outline);
  if (kind !== 'different') return kind;
  return a.parameters.size > 0 && sameNumbers(a.parameters, b.parameters) ? 'other tree' : 'different';
}

function sameNumbers(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean {
  return a.size === b.size && [...a].every(([name, value]) => b.get(name) === value);
}

/** Two numbers are nearly the same when they differ by at most this share of the larger one. */
const nearTolerance = 0.01;

/** A policy taken apart into what is compared exactly and the numbers in it, each in one fixed order. */
interface PolicyOutline {
  readonly shape: string;
  readonly numbers: readonly { readonly name: string; readonly value: number }[];
}

export interface Similarity {
  readonly kind: 'same' | 'nearly' | 'different';
  /** In words: "same tree, fraction 15.01 % against 15 %". */
  readonly reason: string;
}

/**
 * The structure of a policy without its numbers, names and descriptions: policies of one fingerprint differ in
 * numbers at most. Exact: a text, not a hash. Undefined for what is no policy.
 */
export function policyFingerprint(input: PolicyInput): string | undefined {
  return policyOutline(input)?.shape;
}

/** Read once per policy where many are compared with each other. */
function policyOutline(input: PolicyInput): PolicyOutline | undefined {
  const policy = policyOf(input);
  return policy === undefined ? undefined : outlineOf(policy);
}

/** Whether two policies are the same, or nearly so: the same structure, and each number within the tolerance. */
export function nearlySame(a: PolicyInput, b: PolicyInput): Similarity {
  const [one, other] = [policyOutline(a), policyOutline(b)];
  if (one === undefined || other === undefined) return { kind: 'different', reason: 'no policy to compare' };
  return outlineSimilarity(one, other);
}

/** `nearlySame` of policies that were taken apart before. */
function outlineSimilarity(a: PolicyOutline, b: PolicyOutline): Similarity {
  if (a.shape !== b.shape) return { kind: 'different', reason: 'another tree or other parameters' };
  const differing = a.numbers.flatMap(({ name, value }, i) => {
    const other = b.numbers[i]?.value ?? Number.NaN;
    return value === other ? [] : [{ name, value, other }];
  });
  const [first] = differing;
  if (first === undefined) return { kind: 'same', reason: 'same tree, same parameters' };
  const far = differing.find(({ value, other }) => !isNear(value, other));
  const { name, value, other } = far ?? first;
  const word = name === liquidityFraction ? 'fraction' : name;
  const text = (number: number) => parameterText(name, number);
  const more = differing.length === 1 ? '' : `, ${differing.length - 1} more`;
  return {
    kind: far === undefined ? 'nearly' : 'different',
    reason: `same tree, ${word} ${text(value)} against ${text(other)}${more}`,
  };
}

function isNear(a: number, b: number): boolean {
  // The last digits of a double must not decide at the very edge of the tolerance.
  return Math.abs(a - b) <= nearTolerance * Math.max(Math.abs(a), Math.abs(b)) * (1 + 1e-9);
}

const unweighed: ReadonlySet<string> = new Set(['policy_id', 'description', 'version']);

class OutlineWriter {
  private readonly shape: string[] = [];
  private readonly numbers: { name: string; value: number }[] = [];

  word(text: string): void {
    this.shape.push(text);
  }

  entry(name: string, json: Json): void {
    if (typeof json === 'number' || typeof json === 'bigint') {
      this.shape.push(`${name} #`);
      this.numbers.push({ name, value: Number(json) });
    } else this.shape.push(`${name} ${canonicalJson(json)}`);
  }

  entries(entries: ReadonlyMap<string, Json>): void {
    for (const name of [...entries.keys()].sort()) this.entry(name, entries.get(name) ?? null);
  }

  node(node: StoredNode): void {
    this.word(`${node.depth} ${node.branch ?? 'root'} ${node.kind}`);
    for (const token of tokensOf(contentOf(node))) {
      const literal = isJsonObject(token.json) ? token.json.value : undefined;
      if (literal === undefined) this.word(`${token.kind} ${token.text}`);
      else this.entry('threshold', literal);
    }
  }

  result(): PolicyOutline {
    return { shape: JSON.stringify(this.shape), numbers: this.numbers };
  }
}

function contentOf(node: StoredNode): Json {
  const others: JsonObject = Object.fromEntries(node.others);
  switch (node.kind) {
    case 'condition':
      return [node.expression ?? null, others];
    case 'action':
      return [node.action, Object.fromEntries(node.parameters), others];
    case 'odd':
      return node.json ?? null;
  }
}

function outlineOf(policy: StoredPolicy): PolicyOutline {
  const writer = new OutlineWriter();
  writer.entries(policy.parameters);
  writer.word('members');
  writer.entries(new Map([...policy.others].filter(([name]) => !unweighed.has(name))));
  for (const [name, tree] of policy.trees) {
    writer.word(name);
    for (const node of tree.nodes) writer.node(node);
  }
  return writer.result();
}
