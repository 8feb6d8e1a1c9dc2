import { useRouterState } from '@tanstack/react-router';
import Monitor from 'lucide-react/icons/monitor';
import Moon from 'lucide-react/icons/moon';
import Search from 'lucide-react/icons/search';
import Sun from 'lucide-react/icons/sun';
import { lazy, memo, Suspense, useCallback, useEffect, useRef, useState } from 'react';

import { useOpenFiles, useSession, Busy } from '../../data/SessionContext.tsx';
import type { OpenFile } from '../../data/session/state.ts';
import { useAsk } from '../../data/useAnswer.ts';
import { decoded } from '../../lib/address.ts';
import { appVersion } from '../../lib/appVersion.ts';
import { formatBytes } from '../../lib/format.ts';
import { loadPreference, savePreference } from '../../storage/preferences.ts';
import { Button, buttonClass, IconButton } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import hidden from '../../ui/VisuallyHidden.module.css';
import { filePickerId, openFilePicker } from '../../ui/files.ts';
import { applyTheme, THEMES, type Theme } from '../../ui/theme.ts';
import { usePrinting } from '../../ui/usePrinting.ts';
import { useShortcuts } from '../../ui/useShortcuts.ts';
import { hrefTo } from '../../url/addresses.ts';
import { parseDataToken } from '../../url/dataToken.ts';
import { formatSearch } from '../../url/search.ts';
import { meantFile } from '../../views/open/linkedFiles.ts';
import { ExtractDialogLater, type ChosenExperiment } from '../../views/shared/extract/ExtractButton.tsx';
import { fingerprintOf } from '../../views/shared/namedFile.ts';
import type { AnyScreen } from '../../views/shared/screen.ts';
import { useAddress } from '../../views/shared/useAddress.ts';
import { screens } from '../screens.ts';
import fileChipsStyles from './FileChips.module.css';
import styles from './Header.module.css';
import printStyles from './PrintHead.module.css';
import { openGiven } from './openGiven.ts';

/** Drawn again for what it shows alone: the shell hears of every answer that links are made of. */
export const Header = memo(function Header() {
  const { search: address, go } = useAddress();
  const current = useCurrentScreen();
  const files = useOpenFiles();
  // Other screens are reachable while a link waits for its file: they show what is open.
  const search = { db: openTokens(address.db, files) };
  const [helpShown, setHelpShown] = useState(false);
  const [finding, setFinding] = useState(false);
  const [theme, chooseTheme] = useTheme();
  const showHelp = useCallback(() => setHelpShown(true), []);
  const [extracting, setExtracting] = useState<readonly ChosenExperiment[]>();
  const { path } = useAddress();
  // The experiment that is on screen, to begin with.
  const showExtract = useCallback(() => setExtracting(experimentAt(path)), [path]);
  const tabs = screens.flatMap(({ path, navigation }) =>
    navigation === undefined
      ? []
      : [{ ...navigation, path, href: `#${path}${formatSearch({ db: search.db })}` }],
  );
  useShortcuts({
    '?': showHelp,
    o: openFilePicker,
    ...Object.fromEntries(tabs.map(({ key, href }) => [key, () => go(href)])),
  });
  useFindKey(() => setFinding(true));
  const nav = useRef<HTMLElement>(null);
  const shownTab = current?.under ?? current?.path;
  // Where the names scroll, that of the screen one is on is in sight.
  useEffect(() => {
    const tab = nav.current?.querySelector<HTMLElement>('[aria-current]');
    if (nav.current === null || tab === null || tab === undefined) return;
    const middle = tab.offsetLeft - nav.current.offsetLeft + tab.offsetWidth / 2;
    nav.current.scrollLeft = middle - nav.current.clientWidth / 2;
  }, [shownTab]);
  return (
    <header className={styles.bar}>
      <a className={styles.mark} href={hrefTo('/', search)}>
        <Mark />
        <span>Iterscope</span>
      </a>
      <nav ref={nav} className={styles.tabs} aria-label="Screens">
        {tabs.map(({ label, path, href }) => (
          <a
            key={path}
            href={href}
            aria-current={path === current?.path || path === current?.under ? 'page' : undefined}
          >
            {label}
          </a>
        ))}
      </nav>
      <FileChips />
      <FilePicker />
      <div className={styles.tools}>
        <button
          type="button"
          className={buttonClass({}, styles.find)}
          aria-keyshortcuts="Control+K"
          onClick={() => setFinding(true)}
        >
          <Search size={14} aria-hidden />
          Find <Kbd name="Ctrl K" />
        </button>
        <Button onClick={openFilePicker}>Open</Button>
        {files.length > 0 && <ShareButton />}
        <ThemeSwitch theme={theme} onTheme={chooseTheme} />
        <button type="button" className={styles.keys} aria-label="Help and keys" onClick={showHelp}>
          <Kbd name="?" />
        </button>
      </div>
      <Suspense fallback={<Busy />}>
        {helpShown && <Help open onClose={() => setHelpShown(false)} />}
        {finding && (
          <Palette
            open
            onClose={() => setFinding(false)}
            onHelp={showHelp}
            onTheme={chooseTheme}
            onExtract={showExtract}
          />
        )}
        {extracting !== undefined && (
          <ExtractDialogLater chosen={extracting} onClose={() => setExtracting(undefined)} />
        )}
      </Suspense>
    </header>
  );
});

/** The experiment that a path is about. */
function experimentAt(path: string): readonly ChosenExperiment[] {
  const id = /^\/experiments\/([^/]+)/.exec(path)?.[1];
  return id === undefined ? [] : [{ fileId: undefined, experimentId: decodeURIComponent(id) }];
}

/** The files of a link without those that are missing, where any is open. */
function openTokens(db: readonly string[] | undefined, files: readonly OpenFile[]): string[] | undefined {
  const open = db?.filter((token) => meantFile(parseDataToken(token), files) !== undefined) ?? [];
  if (open.length > 0 || files.length === 0) return open.length > 0 ? open : db && [...db];
  return files.map(({ linkToken }) => linkToken);
}

const Help = lazy(async () => ({ default: (await import('./Help.tsx')).Help }));
const Palette = lazy(async () => ({ default: (await import('../palette/Palette.tsx')).Palette }));

/** Ctrl+K (Command+K), from fields too; a dialog that is open keeps it. */
function useFindKey(find: () => void): void {
  const latest = useRef(find);
  useEffect(() => {
    latest.current = find;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'k' || event.ctrlKey === event.metaKey || event.altKey) return;
      if (document.querySelector('[role=dialog], [role=alertdialog]') !== null) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

/** The theme and what chooses another; the choice is remembered in this browser. */
function useTheme(): readonly [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState<Theme>(() => loadPreference('theme', THEMES) ?? 'system');
  useEffect(() => applyTheme(theme), [theme]);
  const choose = useCallback((next: Theme) => {
    savePreference('theme', next);
    setTheme(next);
  }, []);
  return [theme, choose];
}

/** The product's sign: a descending path and a cross. */
function Mark() {
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" fill="none" aria-hidden>
      <circle cx="10" cy="10" r="9" stroke="var(--accent)" strokeWidth="1.6" />
      <path d="M4.5 6.5h3v3h3v3h5" stroke="var(--accent)" strokeWidth="1.8" />
      <path d="M11.5 5l3 3m0-3l-3 3" stroke="var(--rejected)" strokeWidth="1.8" />
    </svg>
  );
}

/** The screen at the address; undefined where it leads to none. */
function useCurrentScreen(): AnyScreen | undefined {
  const path = useRouterState({ select: ({ matches }) => matches.at(-1)?.fullPath as string | undefined });
  return screens.find((screen) => screen.path === path);
}

/** The input that takes files; buttons and the `o` key press it. */
function FilePicker() {
  const session = useSession();
  const ask = useAsk();
  return (
    <input
      id={filePickerId}
      className={hidden.hidden}
      type="file"
      multiple
      aria-label="Open database files"
      tabIndex={-1}
      // The system's dialog opens, and somebody chooses: time enough to start an engine.
      onClick={() => session.expectFiles()}
      onChange={(event) => {
        const files = [...(event.currentTarget.files ?? [])];
        // Choosing the same file again must be a change again: it may have been written to since.
        event.currentTarget.value = '';
        void openGiven(session, files, ask);
      }}
    />
  );
}

/** The open files; each can be closed. */
function FileChips() {
  const session = useSession();
  const files = useOpenFiles();
  if (files.length === 0) return null;
  return (
    <ul className={fileChipsStyles.files} aria-label="Open files">
      {files.map((file) => (
        <li key={file.fileId}>
          <Chip
            title={file.source.kind === 'url' ? file.source.url : file.name}
            remove={{ label: `Close ${file.name}`, onRemove: () => void session.close(file.fileId) }}
          >
            <b>{file.name}</b>
            {file.sizeBytes !== undefined && ` ${formatBytes(file.sizeBytes)}`}
            {file.withWal && ' + WAL'}
          </Chip>
        </li>
      ))}
    </ul>
  );
}

const ShareDialog = lazy(async () => ({ default: (await import('./ShareDialog.tsx')).ShareDialog }));

/** Opens the dialog with the address of this view. */
function ShareButton() {
  const [shared, setShared] = useState<{ readonly address: string; readonly title: string }>();
  return (
    <>
      <Button variant="primary" onClick={() => setShared({ address: location.href, title: document.title })}>
        Share
      </Button>
      {shared !== undefined && (
        <Suspense fallback={<Busy />}>
          <ShareDialog {...shared} onClose={() => setShared(undefined)} />
        </Suspense>
      )}
    </>
  );
}

const icons = { system: Monitor, light: Sun, dark: Moon };

interface ThemeSwitchProps {
  readonly theme: Theme;
  readonly onTheme: (theme: Theme) => void;
}

/** Goes round system, light and dark. */
function ThemeSwitch({ theme, onTheme }: ThemeSwitchProps) {
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
  const Icon = icons[theme];
  return (
    <IconButton
      label={`Theme: ${theme}. Change to ${next}`}
      icon={<Icon size={16} aria-hidden />}
      onClick={() => onTheme(next)}
    />
  );
}

/** On paper alone: of which files, which place and which day a print is. */
export function PrintHead() {
  const files = useOpenFiles();
  const { path } = useAddress();
  const printing = usePrinting();
  return (
    <div className={printStyles.head} aria-hidden>
      <b>Iterscope {appVersion}</b>
      <span>{files.map((file) => `${file.name} (${fingerprintOf(file)})`).join(', ')}</span>
      <span>#{decoded(path) ?? path}</span>
      {/* Of the moment of printing, not of the last change on screen. */}
      <time>
        {printing ? new Date().toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' }) : ''}
      </time>
    </div>
  );
}
