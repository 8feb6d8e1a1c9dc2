import { useState } from 'react';

import { Busy, useOpenFiles } from '../../data/SessionContext.tsx';
import type { OpenFile } from '../../data/session/state.ts';
import { useAsk, useJoinedAnswers } from '../../data/useAnswer.ts';
import { decoded } from '../../lib/address.ts';
import { plural, formatBytes } from '../../lib/format.ts';
import { experimentId, simulationId } from '../../lib/ids.ts';
import { deskQueue } from '../../queries/deskQueue.ts';
import { experimentList } from '../../queries/experimentList.ts';
import { experimentHolders, runHolders } from '../../queries/findable.ts';
import { pageReach, privateHost } from '../../source/remote/address.ts';
import { keyText, proposalKey, type ReviewsByProposal } from '../../storage/reviews/review.ts';
import { formatSideCar } from '../../storage/reviews/sideCar.ts';
import { useReviews } from '../../storage/reviews/useReviews.ts';
import { Button } from '../../ui/Button.tsx';
import { CodeBlock } from '../../ui/CopyButton.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ToggleGroup } from '../../ui/ToggleGroup.tsx';
import { saveFile } from '../../ui/files.ts';
import { parseDataToken, withFiles, withoutAddresses, type DataToken } from '../../url/dataToken.ts';
import { parseSearch, readQuery } from '../../url/search.ts';
import { meantFile, readsComparedOnly, scopeFields, heldWords } from '../../views/open/linkedFiles.ts';
import { ErrorNotice } from '../../views/shared/ErrorNotice.tsx';
import { useHolders } from '../../views/shared/Located.tsx';
import { inLinkOrder, isNamed } from '../../views/shared/namedFile.ts';
import { screens } from '../screens.ts';
import styles from './ShareDialog.module.css';

/** One file of the link. `reach`: who can read it from where the link says it is. */
interface SharedFile {
  readonly token: DataToken;
  readonly reach: 'with the app' | 'everybody' | 'only here' | 'not in the link';
  /** What the receiver needs for it. */
  readonly words: string;
}

export function sharedFiles(hash: string): readonly SharedFile[] {
  return tokensOf(hash).map((token) => {
    const facts = [
      ...(token.sizeBytes === undefined ? [] : [formatBytes(token.sizeBytes)]),
      ...(token.held.length === 0 ? [] : [heldWords(token.held)]),
    ].join(', ');
    const named = `${token.name}${facts === '' ? '' : ` (${facts})`}`;
    if (token.kind === 'sample') {
      return { token, reach: 'with the app', words: 'The sample comes with Iterscope.' };
    }
    if (token.kind === 'file') {
      return {
        token,
        reach: 'not in the link',
        words: `${named} is on this machine and not in the link: send it along. It opens under any name.`,
      };
    }
    const host = URL.canParse(token.bare) ? new URL(token.bare).host : '';
    const where = privateHost(host);
    return where === undefined
      ? {
          token,
          reach: 'everybody',
          words: `${named} is read from ${host}, by everybody whom that host lets read it. They are asked first.`,
        }
      : {
          token,
          reach: 'only here',
          words: `${named} is at ${host}, ${where}: others cannot reach it. Send the file along.`,
        };
  });
}

/** A link as text: with what it shows, or as Markdown. */
export function linkText(
  form: 'plain' | 'markdown',
  address: string,
  title: string,
  needs: readonly string[],
): string {
  const line =
    form === 'markdown' ? `[${title.replaceAll(/[[\]\\]/g, '\\$&')}](<${address}>)` : `${title}\n${address}`;
  return needs.length === 0 ? line : `${line}\n\n${needs.map((need) => `- ${need}`).join('\n')}`;
}

/** How a colleague with Iterscope on a machine of their own opens it. */
function commands(names: readonly string[], hash: string): string {
  const files = names.map((name) => (/^[\w.-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`));
  return `npm start -- ${files.join(' ')}\n# then put this behind the address in the browser:\n${hash}`;
}

function tokensOf(hash: string): DataToken[] {
  const [, query = ''] = hash.split(/\?(.*)/s);
  return new URLSearchParams(query).getAll('db').map(parseDataToken);
}

interface ShareDialogProps {
  /** The address of the view when the dialog was opened. */
  readonly address: string;
  readonly title: string;
  readonly onClose: () => void;
}

/** The address of this view, what whoever gets it needs and sees, and what goes with it. */
export function ShareDialog({ address, title, onClose }: ShareDialogProps) {
  const hash = useNeededPart(new URL(address).hash || '#/');
  const files = sharedFiles(hash);
  const isHidden = files.some(({ reach }) => reach === 'only here');
  const hasAddress = files.some(({ reach }) => reach === 'everybody' || reach === 'only here');
  const [data, setData] = useState<'with' | 'without'>(isHidden ? 'without' : 'with');
  const [form, setForm] = useState<'plain' | 'markdown'>('plain');
  const unreachable = pageReach(address);
  const shared = data === 'with' ? hash : withoutAddresses(hash);
  const needs = sharedFiles(shared);
  const toSend = needs.filter(({ reach }) => reach === 'not in the link' || reach === 'only here');
  const link = `${address.replace(/#.*$/s, '')}${shared}`;
  const text = linkText(
    form,
    link,
    title,
    toSend.map(({ token }) => `needs ${token.name}`),
  );
  if (!isScreen(hash)) {
    return (
      <Dialog title="Share this view" open onClose={onClose}>
        <p>
          There is nothing to share here: this address leads to no screen, for you or for anybody else. Go to
          a screen, and share that.
        </p>
      </Dialog>
    );
  }
  return (
    <Dialog title="Share this view" open wide onClose={onClose}>
      <div className={styles.parts}>
        <p>
          They see this screen as it is here: the same experiment, filters, selection and settings. They need:
        </p>
        <ul>
          {needs.length === 0 ? <li>nothing: no file is open.</li> : null}
          {needs.map(({ token, words }) => (
            <li key={token.text}>{words}</li>
          ))}
        </ul>
        <div className={styles.choices}>
          {hasAddress && (
            <ToggleGroup
              label="Address of the data"
              value={data}
              onChange={setData}
              choices={[
                { value: 'with', label: 'With the data address' },
                { value: 'without', label: 'Without it' },
              ]}
            />
          )}
          <ToggleGroup
            label="Form of the link"
            value={form}
            onChange={setForm}
            choices={[
              { value: 'plain', label: 'Plain' },
              { value: 'markdown', label: 'Markdown' },
            ]}
          />
        </div>
        {unreachable === undefined ? (
          <CodeBlock label="Link" text={form === 'plain' ? link : text} />
        ) : (
          <>
            <Notice tone="warning">
              {unreachable}: nobody else can open its address. Send one of these instead.
            </Notice>
            <CodeBlock label="For a colleague’s own Iterscope, behind its address" text={shared} />
            {toSend.length > 0 && (
              <CodeBlock
                label="With Iterscope in a folder, and the file beside it"
                text={commands(
                  toSend.map(({ token }) => token.name),
                  shared,
                )}
              />
            )}
            <CodeBlock label="Link for this machine" text={form === 'plain' ? link : text} />
          </>
        )}
        <ReviewBundle hash={shared} />
      </div>
    </Dialog>
  );
}

function isScreen(hash: string): boolean {
  const path = hash.replace(/^#|\?.*$/gs, '');
  const isOf = (pattern: string): boolean =>
    new RegExp(`^${pattern.replaceAll(/\$\w+/g, '[^/]+')}$`).test(path);
  return decoded(path) !== undefined && screens.some((screen) => isOf(screen.path));
}

/**
 * The link with the files that its view reads: of one experiment or run the one that holds it, of a comparison those that
 * hold what is compared; else all.
 */
function useNeededPart(hash: string): string {
  const files = useOpenFiles();
  const [path = '', query = ''] = hash.replace(/^#/, '').split(/\?(.*)/s);
  const params = new URLSearchParams(query);
  const tokens = params.getAll('db').map(parseDataToken);
  const { search } = parseSearch(scopeFields, readQuery(`?${query}`).raw);
  const [, kind, part = ''] = /^\/(experiments|runs)\/([^/]+)/.exec(path) ?? [];
  const id = decoded(part) ?? part;
  const inOrder = inLinkOrder(kind === undefined ? [] : files, search.db);
  const { holders } = useHolders(inOrder, (fileIds) =>
    kind === 'runs'
      ? runHolders.about({ fileIds, simulationId: simulationId(id) })
      : experimentHolders.about({ fileIds, experimentId: experimentId(id) }),
  );
  const lists = useJoinedAnswers(
    files.map(({ fileId }) => ({ ...experimentList.about({ fileId }), enabled: search.x !== undefined })),
  );
  if (tokens.length < 2) return hash;
  const withOnly = (needed: readonly (OpenFile | undefined)[]): string =>
    withFiles(
      hash,
      tokens.filter((token) => needed.includes(meantFile(token, files))).map(({ text }) => text),
    );
  if (kind !== undefined) {
    const shown = holders?.find((file) => isNamed(file, search.in)) ?? holders?.[0];
    if (shown === undefined) return hash;
    const twin = search.twin === undefined ? [] : files.filter((file) => isNamed(file, search.twinin));
    return withOnly([shown, ...twin]);
  }
  if (!readsComparedOnly(path, search)) return hash;
  const compared = files.filter((_, i) =>
    lists.data[i]?.some((experiment) => search.x?.includes(experiment.experimentId)),
  );
  return compared.length === 0 ? hash : withOnly(compared);
}

/** The link together with judgements and notes, which no link carries. */
function ReviewBundle({ hash }: { hash: string }) {
  const { byProposal } = useReviews();
  const files = useOpenFiles();
  const ask = useAsk();
  const [withRows, setWithRows] = useState<'rows' | 'notes'>('notes');
  const [state, setState] = useState<'idle' | 'working' | Error>('idle');
  const judged = ofView(byProposal, hash);
  const count = [...judged.values()].reduce((sum, { judgements }) => sum + judgements.length, 0);
  const save = async (): Promise<void> => {
    setState('working');
    const rows = withRows === 'notes' ? undefined : await rowsOf(judged, files, ask);
    const bundle = formatSideCar(judged, new Date(), { link: hash, ...(rows === undefined ? {} : { rows }) });
    saveFile('review-bundle.json', 'application/json', bundle);
    setState('idle');
  };
  return (
    <section className={styles.bundle} aria-label="Review bundle">
      <h3>Judgements and notes</h3>
      {count === 0 ? (
        <p>A link carries none, and there are none for this view yet.</p>
      ) : (
        <>
          <p>
            A link carries none. The bundle is one small file with this link and {plural(count, 'judgement')};
            dropped on Iterscope it opens this very view, and asks for the file where it is missing.
          </p>
          <div className={styles.choices}>
            <ToggleGroup
              label="Content of the bundle"
              value={withRows}
              onChange={setWithRows}
              choices={[
                { value: 'notes', label: 'Judgements only' },
                { value: 'rows', label: 'With the costs they rest on' },
              ]}
            />
            <Button
              isBusy={state === 'working'}
              onClick={() => {
                save().catch((cause: unknown) =>
                  setState(cause instanceof Error ? cause : new Error(String(cause))),
                );
              }}
            >
              Export review bundle
            </Button>
          </div>
          {state === 'working' && <Busy />}
          {state instanceof Error && <ErrorNotice error={state} doing="reading the proposals" />}
        </>
      )}
    </section>
  );
}

/** Judgements on the proposal of the address; on those of its experiment where it names none; else all. */
function ofView(byProposal: ReviewsByProposal, hash: string): ReviewsByProposal {
  const [path = '', query = ''] = hash.replace(/^#/, '').split(/\?(.*)/s);
  const params = new URLSearchParams(query);
  const inPath = /^\/experiments\/([^/]+)/.exec(path)?.[1];
  const experiment = inPath === undefined ? params.get('experiment') : (decoded(inPath) ?? inPath);
  if (experiment === null) return byProposal;
  const iteration = params.get('iteration');
  const agent = params.get('agent');
  const isDesk = /\/proposals$|^\/desk$/.test(path);
  if (isDesk && iteration !== null && agent !== null) {
    const key = keyText(proposalKey(experiment, Number(iteration), agent));
    const review = byProposal.get(key);
    if (review !== undefined) return new Map([[key, review]]);
  }
  return new Map([...byProposal].filter(([, { key }]) => key.experimentId === experiment));
}

/** What the open files say of the judged proposals; money as text of integer cents. */
async function rowsOf(
  judged: ReviewsByProposal,
  files: readonly OpenFile[],
  ask: ReturnType<typeof useAsk>,
): Promise<readonly unknown[]> {
  const experiments = new Set([...judged.values()].map(({ key }) => key.experimentId));
  const rows: unknown[] = [];
  for (const file of files) {
    for (const experimentId of experiments) {
      for (const { entries } of await ask(deskQueue.about({ fileId: file.fileId, experimentId }))) {
        for (const { proposal, kind } of entries) {
          const key = keyText(proposalKey(experimentId, proposal.iteration, proposal.agentId));
          if (!judged.has(key)) continue;
          rows.push({
            file: file.name,
            experiment: experimentId,
            iteration: proposal.iteration,
            agent: proposal.agentId,
            verdict: proposal.verdict,
            kind,
            reason: proposal.reason ?? null,
            oldCostCents: proposal.oldCostCents?.toString() ?? null,
            newCostCents: proposal.newCostCents?.toString() ?? null,
            savingSumCents: proposal.deltaSumCents?.toString() ?? null,
            samples: proposal.sampleCount ?? null,
          });
        }
      }
    }
  }
  return rows;
}
