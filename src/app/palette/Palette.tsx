import { useDeferredValue, useMemo, useState } from 'react';
import { Autocomplete } from 'react-aria-components/Autocomplete';
import { Header } from 'react-aria-components/Header';
import { Input } from 'react-aria-components/Input';
import { Menu, MenuItem, MenuSection } from 'react-aria-components/Menu';
import { SearchField } from 'react-aria-components/SearchField';

import { isLarge } from '../../data/session/state.ts';
import { useSession, useSessionState } from '../../data/SessionContext.tsx';
import { useJoinedAnswers, useSteadyAnswer } from '../../data/useAnswer.ts';
import { deskQueue } from '../../queries/deskQueue.ts';
import { findable, findPayments } from '../../queries/findable.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import fields from '../../ui/fields.module.css';
import { openFilePicker, openFolderPicker } from '../../ui/files.ts';
import { THEMES, type Theme } from '../../ui/theme.ts';
import { startTour, tourLabel } from '../../views/shared/tour.ts';
import { useAddress } from '../../views/shared/useAddress.ts';
import {
  entryKinds,
  matching,
  MOST_OF_KIND,
  paymentEntry,
  placeEntries,
  screenEntries,
  type Entry,
  type FoundFile,
} from './entries.ts';
import styles from './Palette.module.css';

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
  const { files } = useSessionState();
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
  const { files } = useSessionState();
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
  const { files } = useSessionState();
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
