import { decoded } from '../lib/address.ts';

/**
 * What a link says of one file (docs/url-format.md, `db`): how it is found, and what it held when the link was made.
 * The second part stands behind the first, so that it travels wherever the files of a link do.
 */

/** An experiment of a file, and how many iterations it had. */
export interface HeldExperiment {
  readonly experimentId: string;
  readonly iterationCount: number;
}

export interface DataToken {
  /** As the link has it. */
  readonly text: string;
  /** Without what the file held: `sample`, an address, `file:{name}~{fingerprint}`. */
  readonly bare: string;
  readonly kind: 'sample' | 'file' | 'url' | 'unknown';
  /** What a person calls the file. */
  readonly name: string;
  /** Of a local file: of all of it. Of a remote one: of its head and size. Undefined where the link does not say. */
  readonly print: string | undefined;
  readonly sizeBytes: number | undefined;
  /** At most the largest few; none where the link does not say. */
  readonly held: readonly HeldExperiment[];
}

/** Of a file, the experiments with the most iterations: more would make an address too long to send. */
const mostHeld = 3;
const longestId = 120;

// A file's name holds no slash, so that what follows the first one is not part of it.
const local = /^file:(?<name>[^/]+)~(?<print>[0-9a-f]{8})(?<held>(?:\/.*)?)$/s;
const remote = /^(?<address>[^#]*)#(?<print>[0-9a-f]{8})(?<held>(?:\/[^#]*)?)$/s;

export function parseDataToken(text: string): DataToken {
  if (text === 'sample') {
    return { text, bare: text, kind: 'sample', name: 'the sample', ...nothingHeld };
  }
  const { name, print, held = '' } = local.exec(text)?.groups ?? {};
  if (name !== undefined && print !== undefined) {
    return { text, bare: `file:${name}~${print}`, kind: 'file', name, print, ...readHeld(held) };
  }
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    return { text, bare: text, kind: 'unknown', name: text.slice(0, 80), ...nothingHeld };
  }
  const said = remote.exec(text)?.groups;
  const bare = said?.address ?? text;
  return {
    text,
    bare,
    kind: 'url',
    name: lastSegment(bare),
    print: said?.print,
    ...readHeld(said?.held ?? ''),
  };
}

const nothingHeld = { print: undefined, sizeBytes: undefined, held: [] } as const;

/** `/1048576/14.exp1`: bytes, then iterations and id of each experiment. What does not fit is left out. */
function readHeld(text: string): Pick<DataToken, 'sizeBytes' | 'held'> {
  let sizeBytes: number | undefined;
  const held: HeldExperiment[] = [];
  for (const part of text.split('/').slice(1)) {
    const [, count, id] = /^(\d{1,15})(?:\.(.+))?$/s.exec(part) ?? [];
    if (count === undefined) continue;
    const experimentId = id === undefined ? undefined : decoded(id);
    if (id === undefined) sizeBytes = Number(count);
    else if (experimentId !== undefined) held.push({ experimentId, iterationCount: Number(count) });
  }
  return { sizeBytes, held };
}

/** The file of a link with what it holds. `sizeBytes` is undefined where a host hides it. */
export function formatDataToken(
  bare: string,
  print: string,
  sizeBytes: number | undefined,
  held: readonly HeldExperiment[],
): string {
  if (bare === 'sample') return bare;
  const most = [...held]
    .filter(({ experimentId }) => experimentId.length <= longestId)
    .sort((a, b) => b.iterationCount - a.iterationCount)
    .slice(0, mostHeld);
  const parts = [
    ...(sizeBytes === undefined ? [] : [String(sizeBytes)]),
    ...most.map(
      ({ experimentId, iterationCount }) => `${iterationCount}.${encodeURIComponent(experimentId)}`,
    ),
  ];
  const said = parts.map((part) => `/${part}`).join('');
  return bare.startsWith('file:') ? `${bare}${said}` : `${bare.replace(/#.*$/s, '')}#${print}${said}`;
}

function lastSegment(address: string): string {
  const path = new URL(address).pathname;
  const last = path.slice(path.lastIndexOf('/') + 1);
  return (decoded(last) ?? last) || address;
}

/** The link with some of its files only. */
export function withFiles(hash: string, texts: readonly string[]): string {
  return withTokens(hash, (tokens) =>
    tokens.filter(({ text }) => texts.includes(text)).map(({ text }) => text),
  );
}

/** The link without addresses that others cannot read, or that are not to be told: by content alone. */
export function withoutAddresses(hash: string): string {
  return withTokens(hash, (tokens) =>
    tokens.map((token) =>
      token.kind === 'url' && token.print !== undefined
        ? formatDataToken(`file:${token.name}~${token.print}`, token.print, token.sizeBytes, token.held)
        : token.text,
    ),
  );
}

function withTokens(hash: string, change: (tokens: readonly DataToken[]) => readonly string[]): string {
  const [path = '', query = ''] = hash.split(/\?(.*)/s);
  const params = new URLSearchParams(query);
  const db = change(params.getAll('db').map(parseDataToken))
    .map((text) => `db=${encodeURIComponent(text)}`)
    .join('&');
  params.delete('db');
  const search = [db, params.toString()].filter((part) => part !== '').join('&');
  return search === '' ? path : `${path}?${search}`;
}
