import { groupBy } from '../../lib/groupBy.ts';
import { canonicalJson, isJsonObject, parseJson, type Json } from '../../lib/json.ts';

/** What tells whether two experiments are passes of one. */
export interface PassFacts {
  readonly name: string;
  /** `experiments.config` as stored. */
  readonly configText: string | undefined;
  /** As the column or the configuration has it, exact digits. */
  readonly masterSeed: string | undefined;
  /** Of the exchanges; undefined where they were not read. */
  readonly models: readonly string[] | undefined;
}

/** What passes of one experiment may differ in: seed, model, prompt, by the last names of a key. */
const ofSeed = /^(?:.*_)?seed$/;
const ofModel = /^(?:llm_|proposer_)?model(?:_name|_id)?$/;
const ofPrompt = 'prompt';

function mayDiffer(key: string): boolean {
  return ofSeed.test(key) || ofModel.test(key) || key.includes(ofPrompt);
}

/** A configuration without what passes may differ in. */
function withoutVaried(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutVaried);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (mayDiffer(key) ? [] : [[key, withoutVaried(inner)]])),
  );
}

/** Equal for passes of one experiment; undefined where no configuration can be read, so that nothing tells. */
function passKey({ name, configText }: Pick<PassFacts, 'name' | 'configText'>): string | undefined {
  if (configText === undefined) return undefined;
  const config = parseJson(configText);
  if (!config.ok || !isJsonObject(config.value)) return undefined;
  return canonicalJson([name, withoutVaried(config.value)]);
}

/**
 * Experiments of one name whose configurations differ in seed, model or prompt alone, in their order; two at least. An id
 * that several files hold is one pass, the first, whatever its versions say.
 */
export function recognisePasses<T>(
  items: readonly T[],
  factsOf: (item: T) => Pick<PassFacts, 'name' | 'configText'> & { readonly experimentId: string },
): readonly (readonly T[])[] {
  const once = [...groupBy(items, (item) => factsOf(item).experimentId).values()].flatMap(([first]) =>
    first === undefined ? [] : [first],
  );
  const groups = groupBy(once, (item) => passKey(factsOf(item)));
  return [...groups].flatMap(([key, members]) => (key === undefined || members.length < 2 ? [] : [members]));
}

/**
 * The keys in which some experiments differ, values in their order. The seed is one key wherever it is stored, and the
 * model is that of the exchanges where the configuration names none.
 */
export function whatDiffers(members: readonly PassFacts[]): readonly ComparedKey[] {
  const configurations = members.map(({ configText, masterSeed, models }): Json => {
    const parsed = configText === undefined ? undefined : parseJson(configText);
    const stored = parsed?.ok === true && isJsonObject(parsed.value) ? parsed.value : {};
    return {
      ...stored,
      ...(masterSeed === undefined ? {} : { master_seed: masterSeed }),
      ...(models === undefined || models.length === 0 ? {} : { [proposersKey]: models.join(', ') }),
    };
  });
  const differing = compareConfigurations(configurations).filter(({ differs }) => differs);
  const namesModel = differing.some(({ key }) => ofModel.test(lastName(key)));
  return differing.filter(({ key }) => key !== proposersKey || !namesModel);
}

/** The proposers as they stand in the exchanges, beside the keys of the configuration. */
const proposersKey = 'proposer, of its exchanges';

const lastName = (key: string): string => key.split('.').at(-1) ?? key;

/** `only the seed differs: 42, 43, 44`; what is beyond three values is counted. */
export function differenceWords(differing: readonly ComparedKey[]): string {
  if (differing.length === 0) return 'nothing in their configurations differs';
  // A configuration may state its seed twice.
  const parts = [
    ...new Set(differing.map(({ key, values }) => `${keyWord(key)} differs${valueWords(values)}`)),
  ];
  return parts.length === 1 ? `only the ${parts[0] ?? ''}` : parts.join('; ');
}

function keyWord(key: string): string {
  const name = lastName(key);
  if (ofSeed.test(name)) return name === 'master_seed' || name === 'seed' ? 'seed' : key;
  return key === proposersKey || ofModel.test(name) ? 'model' : key;
}

const mostValues = 5;
const mostLetters = 24;

function valueWords(values: readonly (string | undefined)[]): string {
  const found = [...new Set(values)].map((value) => value ?? 'not stored');
  if (found.some((value) => value.length > mostLetters)) return '';
  const shown = found.slice(0, mostValues).join(', ');
  return `: ${shown}${found.length > mostValues ? ` and ${found.length - mostValues} more` : ''}`;
}

/** Seeds that several passes of a group have, and how many: their payments are the same, so they are no repeats. */
function sharedSeeds(seeds: readonly (string | undefined)[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const seed of seeds) if (seed !== undefined) counts.set(seed, (counts.get(seed) ?? 0) + 1);
  return new Map([...counts].filter(([, count]) => count > 1));
}

/** `2 passes share the seed 42: …`; undefined where every pass has one of its own. */
export function sharedSeedWords(seeds: readonly (string | undefined)[]): string | undefined {
  const shared = [...sharedSeeds(seeds)];
  if (shared.length === 0) return undefined;
  const parts = shared
    .slice(0, mostValues)
    .map(([seed, count]) => `${count} passes share the seed ${seed}`)
    .join(', ');
  return `${parts}: their payments are the same, so they do not repeat each other independently, as mean and interval take it`;
}

/** One key of several configurations, side by side. */
export interface ComparedKey {
  /** Its path, with points between the names: `evaluation.ticks`. */
  readonly key: string;
  /** The values as text, one an experiment; undefined where it is not stored. */
  readonly values: readonly (string | undefined)[];
  readonly differs: boolean;
}

/** The keys of several configurations, in the order in which they are first seen. A list is one value. */
export function compareConfigurations(configurations: readonly (Json | undefined)[]): readonly ComparedKey[] {
  const flat = configurations.map((configuration) => new Map(leavesOf(configuration, [])));
  const keys = new Set(flat.flatMap((leaves) => [...leaves.keys()]));
  return [...keys].map((key) => {
    const values = flat.map((leaves) => leaves.get(key));
    return { key, values, differs: new Set(values).size > 1 };
  });
}

function* leavesOf(value: Json | undefined, path: readonly string[]): Generator<readonly [string, string]> {
  if (value === undefined) return;
  if (isJsonObject(value) && Object.keys(value).length > 0) {
    for (const [name, inner] of Object.entries(value)) yield* leavesOf(inner, [...path, name]);
  } else if (path.length > 0) {
    yield [path.join('.'), typeof value === 'string' ? value : canonicalJson(value)];
  }
}

/** A group of experiments that a reader made and named; it lives in the address. */
export interface HandGroup {
  readonly name: string;
  readonly ids: readonly string[];
}

/** `two-period~id~id`: the name and the ids, each percent-encoded, `~` in them too. */
export function formatGroup({ name, ids }: HandGroup): string {
  return [name, ...ids].map((part) => encodeURIComponent(part).replaceAll('~', '%7E')).join('~');
}

/** Undefined for a text that is no group of at least one experiment. */
export function parseGroup(text: string): HandGroup | undefined {
  try {
    const [name = '', ...ids] = text.split('~').map(decodeURIComponent);
    return name === '' || ids.length === 0 || ids.includes('') ? undefined : { name, ids: [...new Set(ids)] };
  } catch {
    return undefined;
  }
}

/** Groups of an address: of two with one name the first counts, and an experiment is in the first group that names it. */
export function parseGroups(texts: readonly string[]): readonly HandGroup[] {
  const taken = new Set<string>();
  const names = new Set<string>();
  return texts.flatMap((text) => {
    const group = parseGroup(text);
    if (group === undefined || names.has(group.name)) return [];
    const ids = group.ids.filter((id) => !taken.has(id));
    if (ids.length === 0) return [];
    names.add(group.name);
    for (const id of ids) taken.add(id);
    return [{ name: group.name, ids }];
  });
}
