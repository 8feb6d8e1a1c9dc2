/** Which open file a link means, and how a file differs from the one it means. */
import { z } from 'zod';
import { decoded } from '../../lib/address.ts';
import { plural } from '../../lib/format.ts';
import { type OpenFile, longName } from '../../data/session/state.ts';
import type { DataToken, HeldExperiment } from '../../url/dataToken.ts';
import { name, placeFields, type SearchOf } from '../../url/fields.ts';
import { isPrintOf } from '../shared/namedFile.ts';

/** What an open file holds; undefined while that is being read. */
export type HeldBy = (file: OpenFile) => readonly HeldExperiment[] | undefined;

/**
 * The open file that a link means: by its address or by what is in it. The name decides nothing: a renamed copy is the
 * same file, and so is a copy of a remote one.
 */
export function meantFile(token: DataToken, files: readonly OpenFile[]): OpenFile | undefined {
  return (
    files.find(({ linkToken }) => linkToken === token.bare) ??
    files.find((file) => isPrintOf(file, token.print))
  );
}

/** The tokens of a link that no open file stands for. */
export function missingTokens(tokens: readonly DataToken[], files: readonly OpenFile[]): DataToken[] {
  return tokens.filter((token) => meantFile(token, files) === undefined);
}

/** How a file differs from the one that a link means. */
export interface Difference {
  /**
   * `newer`: every experiment of the link, and more iterations. `same experiment`: the experiments, with other or
   * fewer iterations. `other`: an experiment of the link is not in it. `unknown`: the link does not say what it held.
   */
  readonly kind: 'newer' | 'same experiment' | 'other' | 'unknown';
  readonly words: string;
}

/**
 * What the link says the file held, against what this one holds; undefined where they are the same. `wanted` are ids of
 * the address itself: of these alone an extract has to hold, and links of before do not say what the file held.
 */
export function differenceTo(
  token: DataToken,
  held: readonly HeldExperiment[],
  wanted: readonly string[] = [],
): Difference | undefined {
  const counts = new Map(held.map(({ experimentId, iterationCount }) => [experimentId, iterationCount]));
  const asked = token.held.length > 0 ? token.held.map(({ experimentId }) => experimentId) : wanted;
  const missing = asked.filter((id) => !counts.has(id));
  if (missing.length > 0) {
    const named = token.held.filter(({ experimentId }) => wanted.includes(experimentId));
    // An extract, or another part of the file: what the view shows is in it.
    if (named.length > 0 && wanted.every((id) => counts.has(id))) {
      const change = differenceTo({ ...token, held: named }, held, wanted);
      const same = `It holds what this view shows, ${wanted.join(' and ')}, with as many iterations`;
      return {
        kind: 'same experiment',
        words: `${change?.words ?? `${same}.`} It does not hold ${missing.join(' and ')}, which the file of the link does.`,
      };
    }
    return {
      kind: 'other',
      words: `It holds ${heldWords(held)}, not ${missing.join(' and ')}.`,
    };
  }
  if (token.held.length === 0) {
    return asked.length === 0
      ? { kind: 'unknown', words: `It holds ${heldWords(held)}; the link does not say what its file held.` }
      : {
          kind: 'same experiment',
          words: `It holds ${asked.join(' and ')} too; the link does not say how many iterations there were.`,
        };
  }
  const changes = token.held.map(({ experimentId, iterationCount }) => ({
    experimentId,
    more: (counts.get(experimentId) ?? 0) - iterationCount,
  }));
  const grown = changes.filter(({ more }) => more !== 0);
  if (grown.length === 0) return undefined;
  const single = token.held.length === 1;
  // Begins with a word of ours, so that no id is ever written with another first letter.
  const words = grown
    .map(({ experimentId, more }) => {
      const count = `${plural(Math.abs(more), 'iteration')} ${more > 0 ? 'more' : 'fewer'}`;
      return single ? `Same experiment, ${count}` : `${experimentId}: ${count}`;
    })
    .join('; ');
  const isNewer = grown.every(({ more }) => more > 0);
  return {
    kind: isNewer ? 'newer' : 'same experiment',
    words: `${single ? '' : 'Same experiments; '}${words}.`,
  };
}

const mostGrown = 3;

/** What a file holds beyond what it held before; `before` are the iterations of each experiment. */
export function growthWords(before: ReadonlyMap<string, number>, held: readonly HeldExperiment[]): string {
  const now = new Map(held.map(({ experimentId, iterationCount }) => [experimentId, iterationCount]));
  const isAlone = before.size === 1 && now.size === 1;
  const changes = [...new Set([...before.keys(), ...now.keys()])].flatMap((id) => {
    const [was, is] = [before.get(id), now.get(id)];
    if (is === undefined) return [`${id} is no longer in it`];
    if (was === undefined) return [`${id} is new in it (${plural(is, 'iteration')})`];
    if (was === is) return [];
    const change = `${plural(Math.abs(is - was), 'iteration')} ${is > was ? 'more' : 'fewer'}`;
    return [isAlone ? change : `${id}: ${change}`];
  });
  if (changes.length === 0) return 'as many iterations as before';
  const rest = changes.length - mostGrown;
  return [
    ...changes.slice(0, mostGrown),
    ...(rest > 0 ? [`and ${plural(rest, 'experiment')} more changed`] : []),
  ].join(', ');
}

/** As a reader says what is in a file: `exp1 (14 iterations)`. */
export function heldWords(held: readonly HeldExperiment[]): string {
  if (held.length === 0) return 'no experiments';
  const named = held
    .slice(0, 2)
    .map(({ experimentId, iterationCount }) => `${experimentId} (${plural(iterationCount, 'iteration')})`);
  const more = held.length - named.length;
  return `${named.join(' and ')}${more > 0 ? ` and ${plural(more, 'experiment')} more` : ''}`;
}

/** Experiments that an address itself names: in its path, or as those it compares. */
export function namedExperiments(path: string, compared: readonly string[] = []): readonly string[] {
  const id = /^\/experiments\/([^/]+)/.exec(path)?.[1];
  return id === undefined ? compared : [decoded(id) ?? id];
}

/** Fields of any screen that say which files and experiments it is about. */
export const scopeFields = {
  ...placeFields,
  x: z.array(name),
  g: z.array(z.string()),
  twin: name,
  twinin: name,
} as const;
type ScopeSearch = SearchOf<typeof scopeFields>;

/** Whether an address is about one experiment or one run, and so about the file that holds it. */
const isOfOneThing = (path: string): boolean => /^\/(?:experiments|runs)\/[^/]+/.test(path);

/**
 * The files of a link that its view reads: of one experiment or run the file that holds it, of a comparison those that
 * hold what is compared; of every other screen all. Where the link does not tell them apart, all.
 */
export function neededTokens(
  tokens: readonly DataToken[],
  path: string,
  search: ScopeSearch,
): readonly DataToken[] {
  if (tokens.length < 2) return tokens;
  if (isOfOneThing(path)) {
    const named = tokens.filter((token) => isTokenNamed(token, search.in));
    const [id] = namedExperiments(path);
    const first = named[0] ?? tokens.find((token) => id !== undefined && holds(token, id));
    if (first === undefined) return tokens;
    const twin = tokens.filter((token) => search.twin !== undefined && isTokenNamed(token, search.twinin));
    return tokens.filter((token) => token === first || twin.includes(token));
  }
  const compared = readsComparedOnly(path, search) ? (search.x ?? []) : [];
  const isSaid = compared.length > 0 && compared.every((id) => tokens.some((token) => holds(token, id)));
  return isSaid ? tokens.filter((token) => compared.some((id) => holds(token, id))) : tokens;
}

/** Whether a screen over all files reads those alone that hold what it names. */
export const readsComparedOnly = (path: string, { x = [], g }: ScopeSearch): boolean =>
  // Groups made by hand hold experiments of their own.
  /^\/(?:compare|paper)$/.test(path) && x.length > 0 && g === undefined;

const holds = (token: DataToken, id: string): boolean =>
  token.held.some(({ experimentId }) => experimentId === id);

/** As `isNamed` of an open file: by its name, or by name and content. */
const isTokenNamed = (token: DataToken, name: string | undefined): boolean =>
  name !== undefined &&
  (token.name === name || longName({ name: token.name, linkToken: token.bare }) === name);
