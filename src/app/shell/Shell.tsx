import { Outlet } from '@tanstack/react-router';

import { useSessionState } from '../../data/SessionContext.tsx';
import { usePageStatus } from '../../data/usePageStatus.ts';
import { OpenView } from '../../views/open/OpenView.tsx';
import { Header } from './Header.tsx';
import { Introduction } from './Introduction.tsx';
import { LinkProblems } from './LinkProblems.tsx';
import { OpeningBar } from './OpeningBar.tsx';
import { Refusals } from './Refusals.tsx';
import styles from './Shell.module.css';
import { useDroppedFiles } from './useDroppedFiles.ts';
import { useFirstVisit } from './useFirstVisit.ts';
import { useLinkedFiles } from './useLinkedFiles.ts';
import { useOpenDropped } from './useOpenDropped.tsx';

/** What every screen stands in: the bar, what is being opened, what was refused, and the place to drop files. */
export function Shell() {
  usePageStatus();
  useLinkedFiles();
  useFirstVisit();
  const { openDropped, question } = useOpenDropped();
  const dragging = useDroppedFiles(openDropped);
  const { files, opening } = useSessionState();
  return (
    <>
      <a className={styles.skip} href="#main" onClick={focusMain}>
        Skip to content
      </a>
      <Header />
      <OpeningBar />
      <main id="main" className={styles.main} tabIndex={-1}>
        <LinkProblems />
        <Refusals />
        <Introduction />
        {files.length > 0 ? <Outlet /> : opening === undefined && <OpenView />}
      </main>
      {question}
      {dragging && <div className={styles.dropHere}>Drop to open</div>}
    </>
  );
}

/** A fragment link would be an address of ours: move the focus instead. */
function focusMain(event: React.MouseEvent): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}
