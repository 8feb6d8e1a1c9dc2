import { isJsonObject, type Json, canonicalJson, type JsonObject } from '../../../lib/json.ts';
import { tokensOf } from '../diff/tokens.ts';
import { liquidityFraction, numericParameters } from '../parameters.ts';
import { readPolicy, type StoredPolicy, type StoredNode } from '../tree/readPolicy.ts';

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
  const value = parameters.get(liquidityFraction) ?? outline.numbers[0] ?? 0;
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
    const key = JSON.stringify([entry.agentId, shape, ...numbers]);
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
  return { outline: outlineOf(readPolicy(policy)), parameters: numericParameters(policy) };
}

/** `same`: names apart. `nearly`: each number within 1 %. `other tree`: the same parameters, another tree. */
export type StructureSimilarity = 'same' | 'nearly' | 'other tree' | 'different';

export function structureSimilarity(a: PolicyStructure, b: PolicyStructure): StructureSimilarity {
  const kind = outlineSimilarity(a.outline, b.outline);
  if (kind !== 'different') return kind;
  return a.parameters.size > 0 && sameNumbers(a.parameters, b.parameters) ? 'other tree' : 'different';
}

function sameNumbers(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean {
  return a.size === b.size && [...a].every(([name, value]) => b.get(name) === value);
}

/** Two numbers are nearly the same when they differ by at most this share of the larger one. */
const nearTolerance = 0.01;

/**
 * A policy taken apart into its structure without numbers, names and descriptions, as one text that is compared exactly,
 * and the numbers in it in one fixed order.
 */
interface PolicyOutline {
  readonly shape: string;
  readonly numbers: readonly number[];
}

function outlineSimilarity(a: PolicyOutline, b: PolicyOutline): Exclude<StructureSimilarity, 'other tree'> {
  if (a.shape !== b.shape) return 'different';
  const differing = a.numbers
    .map((value, i) => [value, b.numbers[i] ?? Number.NaN] as const)
    .filter(([value, other]) => value !== other);
  if (differing.length === 0) return 'same';
  return differing.every(([value, other]) => isNear(value, other)) ? 'nearly' : 'different';
}

function isNear(a: number, b: number): boolean {
  // The last digits of a double must not decide at the very edge of the tolerance.
  return Math.abs(a - b) <= nearTolerance * Math.max(Math.abs(a), Math.abs(b)) * (1 + 1e-9);
}

const unweighed: ReadonlySet<string> = new Set(['policy_id', 'description', 'version']);

class OutlineWriter {
  private readonly shape: string[] = [];
  private readonly numbers: number[] = [];

  word(text: string): void {
    this.shape.push(text);
  }

  entry(name: string, json: Json): void {
    if (typeof json === 'number' || typeof json === 'bigint') {
      this.shape.push(`${name} #`);
      this.numbers.push(Number(json));
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
