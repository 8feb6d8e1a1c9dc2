import { useDeferredValue, useMemo, useState } from 'react';
import { Autocomplete } from 'react-aria-components/Autocomplete';
import { Header } from 'react-aria-components/Header';
import { Input } from 'react-aria-components/Input';
import { Menu, MenuItem, MenuSection } from 'react-aria-components/Menu';
import { SearchField } from 'react-aria-components/SearchField';

import { useOpenFiles, useSession } from '../../data/SessionContext.tsx';
import { isLarge } from '../../data/session/state.ts';
import { useJoinedAnswers, useSteadyAnswer } from '../../data/useAnswer.ts';
import type { DeskExperiment } from '../../domain/answers/desk.ts';
import { verdictWords } from '../../domain/experiment/verdict.ts';
import { formatMoney } from '../../lib/format.ts';
import { deskQueue } from '../../queries/deskQueue.ts';
import { findable, findPayments, type Findable, type FoundPayment } from '../../queries/findable.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import fields from '../../ui/fields.module.css';
import { openFilePicker, openFolderPicker } from '../../ui/files.ts';
import { THEMES, type Theme } from '../../ui/theme.ts';
import { hrefTo } from '../../url/addresses.ts';
import type { FileSearch } from '../../url/fields.ts';
import { startTour, tourLabel } from '../../views/shared/tour.ts';
import { useAddress } from '../../views/shared/useAddress.ts';
import { screens } from '../screens.ts';
import styles from './Palette.module.css';

/** Something that the palette finds: a place or a command. */
interface Entry {
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

const entryKinds = [
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
interface FoundFile {
  readonly name: string;
  readonly findable: Findable | undefined;
  /** Undefined: not asked, or not answered yet. */
  readonly proposals: readonly DeskExperiment[] | undefined;
}

/** The most entries of a kind that are listed: what is further down is found by a longer text. */
const MOST_OF_KIND = 8;

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
function matching(entries: Iterable<Entry>, text: string): readonly Entry[] {
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
function screenEntries({ db }: FileSearch): readonly Entry[] {
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
function* placeEntries(
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

function paymentEntry(
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

interface PaletteProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onHelp: () => void;
  readonly onTheme: (theme: Theme) => void;
  readonly onExtract: () => void;
}

/** Shorter parts of an id are in nearly every payment. */
const SHORTEST_PAYMENT_TEXT = 3;

/** Finds a place of the open files, a screen or a command by a few words of it. */
export function Palette({ open, onClose, ...commands }: PaletteProps) {
  return (
    <Dialog title="Find" open={open} onClose={onClose}>
      <Search onDone={onClose} {...commands} />
    </Dialog>
  );
}

interface SearchProps extends Omit<PaletteProps, 'open' | 'onClose'> {
  readonly onDone: () => void;
}

function Search({ onDone, onHelp, onTheme, onExtract }: SearchProps) {
  const { search, go } = useAddress();
  const [text, setText] = useState('');
  const wanted = useDeferredValue(text);
  const commands = useCommands(onHelp, onTheme, onExtract);
  const { files, isPending } = useFoundFiles();
  const payments = usePayments(wanted.trim());
  const entries = useMemo(
    () => [
      ...matching([...commands, ...screenEntries(search), ...placeEntries(files, search, wanted)], wanted),
      ...payments,
    ],
    [commands, files, payments, search, wanted],
  );
  const choose = (id: string): void => {
    const entry = entries.find((each) => each.id === id);
    onDone();
    if (entry?.href !== undefined) go(entry.href);
    entry?.run?.();
  };
  return (
    <Autocomplete inputValue={text} onInputChange={setText}>
      <SearchField
        aria-label="Find"
        autoFocus
        className={styles.field ?? ''}
        // By itself the first Escape empties the field, and only a second one closes.
        onKeyDown={({ key }) => {
          if (key === 'Escape') onDone();
        }}
      >
        <Input
          className={fields.control ?? ''}
          placeholder="Screen, experiment, iteration 7, BANK_A rejected, run, payment, command"
        />
      </SearchField>
      <Menu
        aria-label="Found"
        className={styles.list ?? ''}
        onAction={(id) => choose(String(id))}
        renderEmptyState={() => (
          <p className={styles.none}>{isPending ? 'Reading the open files' : `No match for “${text}”.`}</p>
        )}
      >
        {entryKinds.flatMap((kind) => {
          const ofKind = entries.filter((entry) => entry.kind === kind);
          if (ofKind.length === 0) return [];
          return (
            <MenuSection key={kind} id={kind}>
              <Header className={styles.kind ?? ''}>{kind}</Header>
              {ofKind.map((entry) => (
                <MenuItem key={entry.id} id={entry.id} textValue={entry.words} className={styles.entry ?? ''}>
                  <span>{entry.words}</span>
                  <small>{entry.aside}</small>
                </MenuItem>
              ))}
            </MenuSection>
          );
        })}
      </Menu>
    </Autocomplete>
  );
}

/** What is known of the open files. The proposals of a large file are not judged for it. */
function useFoundFiles(): { readonly files: readonly FoundFile[]; readonly isPending: boolean } {
  const files = useOpenFiles();
  const found = useJoinedAnswers(
    files.map((file) => findable.about({ fileId: file.fileId, withOrphans: !isLarge(file) })),
  );
  const queues = useJoinedAnswers(
    files.map((file) => ({ ...deskQueue.about({ fileId: file.fileId }), enabled: !isLarge(file) })),
  );
  return useMemo(
    () => ({
      files: files.map(({ name }, at) => ({
        name,
        findable: found.data[at],
        proposals: queues.data[at],
      })),
      isPending: found.isLoading || queues.isLoading,
    }),
    [files, found.data, found.isLoading, queues.data, queues.isLoading],
  );
}

function usePayments(wanted: string): readonly Entry[] {
  const files = useOpenFiles();
  const { search } = useAddress();
  const enabled = wanted.length >= SHORTEST_PAYMENT_TEXT && files.length > 0;
  const { data } = useSteadyAnswer({
    ...findPayments.about({ fileIds: files.map((file) => file.fileId), wanted, most: MOST_OF_KIND }),
    enabled,
  });
  return useMemo(() => {
    if (!enabled) return [];
    return (data ?? []).flatMap((payment) => {
      const file = files.find(({ fileId }) => fileId === payment.fileId);
      // The answer before stays until the new one is there: it may hold another text.
      if (file === undefined || !payment.txId.toLowerCase().includes(wanted.toLowerCase())) return [];
      return [paymentEntry(payment, file.name, search)];
    });
  }, [enabled, data, files, search, wanted]);
}

function useCommands(
  onHelp: () => void,
  onTheme: (theme: Theme) => void,
  onExtract: () => void,
): readonly Entry[] {
  const session = useSession();
  const files = useOpenFiles();
  return useMemo(() => {
    const command = (words: string, run: () => void): Entry => ({ id: words, kind: 'Commands', words, run });
    return [
      command('Open files', openFilePicker),
      command('Open a folder', openFolderPicker),
      command('Help and keys', onHelp),
      command(tourLabel(), startTour),
      ...THEMES.map((theme) =>
        command(`Theme: ${theme}`, () => {
          onTheme(theme);
        }),
      ),
      command('Print this screen', () => print()),
      ...(files.length === 0 ? [] : [command('Export database of chosen experiments', onExtract)]),
      ...files.map(({ name, fileId }) => command(`Close ${name}`, () => void session.close(fileId))),
    ];
  }, [files, onHelp, onTheme, onExtract, session]);
}
