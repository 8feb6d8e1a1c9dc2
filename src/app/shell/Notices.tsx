/** What the page says beside its view: about the link that was followed, and of what could not be opened. */
import { useRouterState } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';

import { useOpenFiles, useSessionState, useSession } from '../../data/SessionContext.tsx';
import type { OpenFile, SessionState } from '../../data/session/state.ts';
import { formatBytes, listOf, plural } from '../../lib/format.ts';
import { hostOf, shownAddress, privateHost } from '../../source/remote/address.ts';
import { allowLeadingOn } from '../../storage/preferences.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Disclosure } from '../../ui/Disclosure.tsx';
import { Notice } from '../../ui/Notice.tsx';
import type { DataToken } from '../../url/dataToken.ts';
import { differenceTo, meantFile, missingTokens, type HeldBy } from '../../views/open/linkedFiles.ts';
import { RefusalAlert } from '../../views/shared/ErrorNotice.tsx';
import { isPrintOf } from '../../views/shared/namedFile.ts';
import { useAddress } from '../../views/shared/useAddress.ts';
import { linkNotes, screenOnShow } from '../linkNotes.ts';
import styles from './Shell.module.css';
import type { LinkState } from './useLinkedFiles.ts';

/**
 * Parts of the link that could not be followed, said once. They are kept here, since the address itself is
 * soon rewritten: without bad values, and with files as they are now.
 */
export function LinkProblems({ link }: { link: LinkState }) {
  const problems = useSyncExternalStore(linkNotes.subscribe, linkNotes.get);
  const path = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.pathname });
  useEffect(() => {
    if (path !== undefined) linkNotes.keepThoseOf(screenOnShow());
  }, [path]);
  const { files, grown } = useSessionState();
  const [said, setSaid] = useState<ReadonlyMap<string, 'shown' | 'dismissed'>>(new Map());
  const { tokens, waitsFor, held } = link;
  const current = useMemo(
    // What is new in a file that was read again is said where that is said.
    () => [
      ...problems,
      // Of a file that the view waits for the page says more in its place.
      ...tokens.flatMap((token) =>
        waitsFor.includes(token)
          ? []
          : changeWords(
              token,
              files.filter(({ fileId }) => !grown.has(fileId)),
              held,
            ),
      ),
    ],
    [problems, tokens, waitsFor, files, grown, held],
  );
  useEffect(() => {
    setSaid((before) => {
      const fresh = current.filter((problem) => !before.has(problem));
      return fresh.length === 0 ? before : new Map([...before, ...fresh.map((p) => [p, 'shown'] as const)]);
    });
  }, [current]);
  const before = useRef(problems);
  useEffect(() => {
    const gone = before.current.filter((problem) => !problems.includes(problem));
    before.current = problems;
    if (gone.length > 0) setSaid((all) => new Map([...all].filter(([problem]) => !gone.includes(problem))));
  }, [problems]);
  return [...said]
    .filter(([, state]) => state === 'shown')
    .map(([problem]) => (
      <Notice
        key={problem}
        tone="warning"
        live
        actions={
          <Button size="small" onClick={() => setSaid(new Map([...said, [problem, 'dismissed']]))}>
            Dismiss
          </Button>
        }
      >
        {problem}
      </Notice>
    ));
}

/** What a file that a link names holds now and did not hold when the link was made, or the other way round. */
function changeWords(token: DataToken, files: readonly OpenFile[], held: HeldBy): string[] {
  const file = meantFile(token, files);
  const holds = file && held(file);
  const difference = holds && token.held.length > 0 ? differenceTo(token, holds) : undefined;
  if (file === undefined || difference === undefined) return [];
  const isLogMissing = difference.kind === 'same experiment' && isPrintOf(file, token.print);
  const hint = isLogMissing && !file.withWal ? ` Its log (${file.name}.wal) may be missing here.` : '';
  return [`${file.name} is not as it was when this link was made: ${uncapital(difference.words)}${hint}`];
}

/** Of a sentence that begins with a word of ours: an id keeps its letters. */
const uncapital = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1);

/** While the reader looks at something else: the link whose file is missing, and the way back to it. */
export function WaitingLink({ link }: { link: LinkState }) {
  const files = useOpenFiles();
  const { go, here } = useAddress();
  const [waiting, setWaiting] = useState<{ readonly href: string; readonly tokens: readonly DataToken[] }>();
  const isHere = link.waitsFor.length > 0;
  const href = here({});
  useEffect(() => {
    if (isHere) setWaiting({ href, tokens: link.tokens });
  }, [isHere, href, link.tokens]);
  const wasHere = useRef(false);
  useEffect(() => {
    const isItsScreen = waiting?.href.split('?')[0] === href.split('?')[0];
    // The reader took a newer copy or went on without the file; or its view is on screen, by whatever way.
    const isSettled = wasHere.current || missingTokens(waiting?.tokens ?? [], files).length === 0;
    if (!isHere && isItsScreen && isSettled) setWaiting(undefined);
    wasHere.current = isHere;
  }, [isHere, href, waiting, files]);
  if (isHere || waiting === undefined) return null;
  const missing = missingTokens(waiting.tokens, files);
  const names = missing.map(({ name }) => name).join(' and ');
  return (
    <Notice
      live
      actions={
        <>
          <Button size="small" onClick={() => go(waiting.href)}>
            {missing.length === 0 ? 'Open its view' : 'Back to the link'}
          </Button>
          <Button size="small" variant="ghost" onClick={() => setWaiting(undefined)}>
            Forget the link
          </Button>
        </>
      }
    >
      {missing.length === 0
        ? 'The file of the link that you followed is open now.'
        : `The link that you followed still waits for ${names}.`}
    </Notice>
  );
}

/** Files of the link that are not open, and that its view does without. */
export function SparedFiles({ link, lookedFor }: { link: LinkState; lookedFor: ReadonlySet<string> }) {
  const { files, opening } = useSessionState();
  const { search, patch } = useAddress();
  const { spared } = link;
  // After a reload they may be about to open.
  const isOver = spared.every(({ kind, print }) => kind !== 'file' || lookedFor.has(print ?? ''));
  if (spared.length === 0 || files.length === 0 || opening !== undefined || !isOver) return null;
  const texts = new Set(spared.map(({ text }) => text));
  return (
    <Notice
      live
      actions={
        <Button
          size="small"
          onClick={() => patch({ db: (search.db ?? []).filter((token) => !texts.has(token)) })}
        >
          Leave {spared.length === 1 ? 'it' : 'them'} out
        </Button>
      }
    >
      The link also names {listOf(spared.map(({ name }) => name))},{' '}
      {spared.length === 1 ? 'which is' : 'which are'} not open. This view does not need{' '}
      {spared.length === 1 ? 'it' : 'them'}.
    </Notice>
  );
}

/** Asks before a link opens a file from another host: following a link must not tell a stranger's server of it. */
export function HostQuestion({ link }: { link: LinkState }) {
  const [first] = link.asksAbout;
  const host = first === undefined ? '' : hostOf(first.bare);
  const files = link.asksAbout.filter(({ bare }) => hostOf(bare) === host);
  const answer = (open: boolean) => () => link.answer(files, open);
  return (
    <Dialog
      title="Open from another host?"
      open={first !== undefined}
      onClose={answer(false)}
      actions={
        <>
          <Button onClick={answer(false)}>Not now</Button>
          <Button variant="primary" onClick={answer(true)}>
            Open
          </Button>
        </>
      }
    >
      <p>
        This link reads data from <b>{host}</b>
        {privateHost(host) === undefined ? '.' : `, ${privateHost(host) ?? ''}.`}
      </p>
      <ul>
        {files.map(({ bare, sizeBytes }) => (
          <li key={bare}>
            {shownAddress(bare)},{' '}
            {sizeBytes === undefined
              ? 'size unknown until the host is asked'
              : `${formatBytes(sizeBytes)} when the link was made`}
          </li>
        ))}
      </ul>
      <p>
        Nothing was asked of it yet. If you open it, that host learns your network address and that this link
        was followed; it gets no data of yours. The answer is remembered for this host.
      </p>
    </Dialog>
  );
}

type SessionAlert = SessionState['alerts'][number];

/** What could not be opened, newest last; each goes when it was read. What is older than the newest attempt folds. */
export function Refusals() {
  const session = useSession();
  const { alerts, boot } = useSessionState();
  const oldUpTo = useLastBeforeAttempt();
  const old = alerts.filter(({ id }) => id <= oldUpTo);
  const folded = old.length > 1 ? old : [];
  const open = alerts.slice(folded.length);
  return (
    <>
      {boot.phase === 'failed' && <RefusalAlert refusal={boot.refusal} />}
      {open.map((alert) => (
        <OneRefusal key={alert.id} alert={alert} />
      ))}
      {folded.length > 0 && (
        <div className={styles.earlier}>
          <Disclosure summary={`${plural(folded.length, 'earlier message')}: ${subjectsOf(folded)}`}>
            {folded.map((alert) => (
              <OneRefusal key={alert.id} alert={alert} />
            ))}
          </Disclosure>
          <Button
            size="small"
            onClick={() => {
              for (const { id } of folded) session.dismiss(id);
            }}
          >
            Dismiss all
          </Button>
        </div>
      )}
    </>
  );
}

/** The newest message that was there when files were last asked for. */
function useLastBeforeAttempt(): number {
  const { alerts, opening } = useSessionState();
  const isOpening = opening !== undefined;
  const [seen, setSeen] = useState({ isOpening, upTo: 0 });
  if (seen.isOpening !== isOpening)
    setSeen({ isOpening, upTo: isOpening ? (alerts.at(-1)?.id ?? 0) : seen.upTo });
  return seen.upTo;
}

function subjectsOf(alerts: readonly SessionAlert[]): string {
  return [...new Set(alerts.map(({ refusal }) => refusal.subject))].join(', ');
}

function OneRefusal({ alert }: { alert: SessionAlert }) {
  const session = useSession();
  const { id, refusal, again } = alert;
  return (
    <RefusalAlert
      refusal={refusal}
      onDismiss={() => session.dismiss(id)}
      onAgain={
        again === undefined
          ? undefined
          : () => {
              session.dismiss(id);
              if (refusal.code === 'leads-on' && again.kind === 'url') allowLeadingOn(again.url);
              void session.open([again]);
            }
      }
    />
  );
}
