import { useState } from 'react';

import { useSessionState } from '../../data/SessionContext.tsx';
import { Button } from '../../ui/Button.tsx';
import { openFilePicker } from '../../ui/filePicker.ts';
import { Kbd } from '../../ui/Kbd.tsx';
import { KeysDialog } from '../../ui/KeysDialog.tsx';
import { useShortcuts } from '../../ui/useShortcuts.ts';
import { hrefTo, paths } from '../../url/addresses.ts';
import { useAddress } from '../../views/shared/useAddress.ts';
import { FileChips } from './FileChips.tsx';
import { FilePicker } from './FilePicker.tsx';
import styles from './Header.module.css';
import { keys } from './keys.ts';
import { Mark } from './Mark.tsx';
import { ShareButton } from './ShareButton.tsx';
import { ThemeSwitch } from './ThemeSwitch.tsx';

export function Header() {
  const { path, search, go } = useAddress();
  const { files } = useSessionState();
  const [keysShown, setKeysShown] = useState(false);
  const experiments = hrefTo(paths.experiments(), search);
  const desk = hrefTo(paths.desk(), search);
  const onDesk = path === paths.desk() || /^\/experiments\/.+\/proposals$/.test(path);
  useShortcuts({
    '?': () => setKeysShown(true),
    o: openFilePicker,
    p: () => go(desk),
    e: () => go(experiments),
  });
  return (
    <header className={styles.bar}>
      <a className={styles.mark} href={hrefTo(paths.open(), search)}>
        <Mark />
        Iterscope
      </a>
      <nav className={styles.tabs} aria-label="Screens">
        <a href={experiments} aria-current={path.startsWith('/experiments') && !onDesk ? 'page' : undefined}>
          Experiments
        </a>
        <a href={desk} aria-current={onDesk ? 'page' : undefined}>
          Desk
        </a>
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
      <KeysDialog groups={keys} open={keysShown} onClose={() => setKeysShown(false)} />
    </header>
  );
}
