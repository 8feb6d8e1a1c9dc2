import { useState } from 'react';

import { useSessionState } from '../../data/SessionContext.tsx';
import { Button } from '../../ui/Button.tsx';
import { openFilePicker } from '../../ui/filePicker.ts';
import { Kbd } from '../../ui/Kbd.tsx';
import { KeysDialog } from '../../ui/KeysDialog.tsx';
import { useShortcuts } from '../../ui/useShortcuts.ts';
import { hrefTo } from '../../url/addresses.ts';
import { formatSearch } from '../../url/search.ts';
import { useAddress } from '../../views/shared/useAddress.ts';
import { screens } from '../screens.ts';
import { FileChips } from './FileChips.tsx';
import { FilePicker } from './FilePicker.tsx';
import styles from './Header.module.css';
import { keyGroups } from './keyGroups.ts';
import { Mark } from './Mark.tsx';
import { ShareButton } from './ShareButton.tsx';
import { ThemeSwitch } from './ThemeSwitch.tsx';
import { useCurrentScreen } from './useCurrentScreen.ts';

export function Header() {
  const { search, go } = useAddress();
  const current = useCurrentScreen();
  const { files } = useSessionState();
  const [keysShown, setKeysShown] = useState(false);
  const tabs = screens.flatMap(({ path, navigation }) =>
    navigation === undefined
      ? []
      : [{ ...navigation, path, href: `#${path}${formatSearch({ db: search.db })}` }],
  );
  useShortcuts({
    '?': () => setKeysShown(true),
    o: openFilePicker,
    ...Object.fromEntries(tabs.map(({ key, href }) => [key, () => go(href)])),
  });
  return (
    <header className={styles.bar}>
      <a className={styles.mark} href={hrefTo('/', search)}>
        <Mark />
        Iterscope
      </a>
      <nav className={styles.tabs} aria-label="Screens">
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
      <span className={styles.grow} />
      <FileChips />
      <FilePicker />
      <Button onClick={openFilePicker}>Open</Button>
      {files.length > 0 && <ShareButton />}
      <ThemeSwitch />
      <button
        type="button"
        className={styles.keys}
        aria-label="Keyboard shortcuts"
        onClick={() => setKeysShown(true)}
      >
        <Kbd name="?" />
      </button>
      <KeysDialog groups={keyGroups} open={keysShown} onClose={() => setKeysShown(false)} />
    </header>
  );
}
