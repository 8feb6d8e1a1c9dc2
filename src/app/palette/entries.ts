import type { Findable, FoundPayment } from '../../queries/findable.ts';
import type { DeskExperiment } from '../../domain/answers/desk.ts';
import { verdictWords } from '../../domain/experiment/verdict.ts';
import { formatMoney } from '../../lib/format.ts';
import { hrefTo } from '../../url/addresses.ts';
import type { FileSearch } from '../../url/fields.ts';
import { screens } from '../screens.ts';

/** Something that the palette finds: a place or a command. */
export interface Entry {
  readonly id: string;
  readonly kind: EntryKind;
  readonly words: string;
  /** Quiet words behind: where it is, what became of it. */
  readonly aside?: string | undefined;
  /** Looked for as well, and not shown. */
  readonly also?: string;
  readonly href?: string;
  readonly run?: () => void;
}

export const entryKinds = [
  'Commands',
  'Screens',
  'Experiments',
  'Iterations',
  'Proposals',
  'Runs',
  'Payments',
] as const;
type EntryKind = (typeof entryKinds)[number];

/** One open file, as far as it is known yet. */
export interface FoundFile {
  readonly name: string;
  readonly findable: Findable | undefined;
  /** Undefined: not asked, or not answered yet. */
  readonly proposals: readonly DeskExperiment[] | undefined;
}

/** The most entries of a kind that are listed: what is further down is found by a longer text. */
export const MOST_OF_KIND = 8;

/** Whether every word of the text stands in the entry, in any order and case. */
function fits(entry: Entry, wanted: readonly string[]): boolean {
  const text = `${entry.words} ${entry.aside ?? ''} ${entry.also ?? ''}`.toLowerCase();
  return wanted.every((word) => text.includes(word));
}

function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** At most `MOST_OF_KIND` entries of each kind that fit; an entry that begins with the text goes first. */
export function matching(entries: Iterable<Entry>, text: string): readonly Entry[] {
  const wanted = wordsOf(text);
  const begin = text.trim().toLowerCase();
  const found = new Map<EntryKind, { first: Entry[]; other: Entry[] }>();
  for (const entry of entries) {
    const of = found.get(entry.kind) ?? { first: [], other: [] };
    found.set(entry.kind, of);
    const list = entry.words.toLowerCase().startsWith(begin) ? of.first : of.other;
    if (list.length < MOST_OF_KIND && fits(entry, wanted)) list.push(entry);
  }
  return entryKinds.flatMap((kind) => {
    const of = found.get(kind);
    return of === undefined ? [] : [...of.first, ...of.other].slice(0, MOST_OF_KIND);
  });
}

/** The screens of the bar. */
export function screenEntries({ db }: FileSearch): readonly Entry[] {
  return screens.flatMap(({ path, navigation }) =>
    navigation === undefined
      ? []
      : [
          {
            id: `screen ${path}`,
            kind: 'Screens' as const,
            words: navigation.label,
            aside: navigation.does,
            href: `#${path}${hrefTo('/', { db }).slice(2)}`,
          },
        ],
  );
}

/** Experiments, their iterations, proposals and runs. Iterations and what follows come only for a text that asks for them. */
export function* placeEntries(
  files: readonly FoundFile[],
  search: FileSearch,
  text: string,
): Generator<Entry, void> {
  const current = { db: search.db };
  const asked = text.trim() !== '';
  for (const file of files) {
    for (const { experimentId, name } of file.findable?.experiments ?? []) {
      yield {
        id: `experiment ${file.name} ${experimentId}`,
        kind: 'Experiments',
        words: name ?? experimentId,
        aside: `${experimentId} in ${file.name}`,
        href: hrefTo('/experiments/$experimentId', { ...current, in: file.name }, { experimentId }),
      };
    }
  }
  if (!asked) return;
  for (const file of files) yield* placesIn(file, current, text);
}

function* placesIn(file: FoundFile, current: FileSearch, text: string): Generator<Entry, void> {
  const here = { ...current, in: file.name };
  const names = new Map<string, string>();
  for (const { experimentId, name, lastIteration } of file.findable?.experiments ?? []) {
    names.set(experimentId, name ?? experimentId);
    for (const iteration of numbersIn(text)) {
      if (lastIteration === undefined || iteration > lastIteration) continue;
      yield {
        id: `iteration ${file.name} ${experimentId} ${iteration}`,
        kind: 'Iterations',
        words: `Iteration ${iteration}`,
        aside: `${name ?? experimentId}, ${experimentId} in ${file.name}`,
        href: hrefTo('/experiments/$experimentId/iterations/$iteration', here, { experimentId, iteration }),
      };
    }
  }
  for (const { experimentId, entries } of file.proposals ?? []) {
    for (const { proposal } of entries) {
      const { iteration, agentId, verdict } = proposal;
      yield {
        id: `proposal ${file.name} ${experimentId} ${iteration} ${agentId}`,
        kind: 'Proposals',
        words: `Proposal for ${agentId} in iteration ${iteration}, ${verdictWords[verdict]}`,
        aside: `${names.get(experimentId) ?? experimentId} in ${file.name}`,
        also: experimentId,
        href: hrefTo('/experiments/$experimentId/proposals', here, {
          experimentId,
          iteration,
          agent: agentId,
          show: 'all',
        }),
      };
    }
  }
  for (const simulationId of file.findable?.runs ?? []) {
    yield {
      id: `run ${file.name} ${simulationId}`,
      kind: 'Runs',
      words: simulationId,
      aside: `run in ${file.name}`,
      href: hrefTo('/runs/$simulationId', here, { simulationId }),
    };
  }
}

/** Whole numbers in a text, each once. */
function numbersIn(text: string): readonly number[] {
  return [...new Set([...text.matchAll(/(?<!\S)\d{1,9}(?!\S)/g)].map(([digits]) => Number(digits)))];
}

export function paymentEntry(
  { simulationId, txId, sender, receiver, amountCents }: FoundPayment,
  fileName: string,
  { db }: FileSearch,
): Entry {
  const parties = sender === undefined || receiver === undefined ? '' : `, ${sender} to ${receiver}`;
  const amount = amountCents === undefined ? '' : ` of ${formatMoney(amountCents)}`;
  return {
    id: `payment ${fileName} ${simulationId} ${txId}`,
    kind: 'Payments',
    words: txId,
    aside: `payment${amount}${parties} in run ${simulationId}`,
    href: hrefTo('/runs/$simulationId', { db, in: fileName }, { simulationId, payment: txId }),
  };
}
