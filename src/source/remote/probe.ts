import { err, ok, type Result } from '../../lib/result.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { startBytes } from '../header.ts';
import { hasPassword, hostOf } from './address.ts';
import { askHost, firstBytesOf, type Asked, type ReadBody, type Unanswered } from './ask.ts';
import {
  isWebPage,
  stateOf,
  type FileState,
  type HeaderOf,
  type RemoteFault,
  silenceLimitSeconds,
  wholeLimitBytes,
} from './fault.ts';
import {
  leadsOn,
  noCors,
  noCorsBehindRedirect,
  noRangeHeader,
  notSecure,
  passwordInAddress,
  refuseFault,
  silentHost,
  tooLargeWhole,
  unreachable,
} from './refusals.ts';

/** What one request says about a remote file. */
export interface Probed {
  /** The first 16 KiB, or all of a shorter file. */
  readonly start: Uint8Array;
  /** Undefined when the host hides it. */
  readonly sizeBytes: number | undefined;
  readonly state: FileState;
  /** All of it, where the host has no ranges. */
  readonly whole: Blob | undefined;
  /** How the host compressed it on its way. */
  readonly encoding: string | undefined;
  /** Of the address that answered, at the end of all redirects. */
  readonly answeredBy: string;
}

const signInLimitMs = 2000;

/** Hears that the file is about to be read whole, and how long it is where the host tells. */
export type OnWhole = (sizeBytes: number | undefined) => void;

/**
 * Asks for the first 16 KiB by one GET, which is all that an address need allow: no HEAD, no exposed header. A host
 * that answers no ranges is read whole, up to a limit. With `redirect: 'manual'` an address that leads on to another is
 * refused, and nothing is asked there. Rejects only when `signal` aborts.
 */
export async function probeRemote(
  url: string,
  signal: AbortSignal,
  onWhole: OnWhole,
  redirect: 'follow' | 'manual' = 'follow',
): Promise<Result<Probed, Refusal>> {
  if (hasPassword(url)) return err(passwordInAddress(url));
  const headers = { Range: `bytes=0-${startBytes - 1}` };
  const asked = await askHost(url, { headers, redirect }, signal);
  if (asked === 'silent') return err(await whySilent(url, headers, signal));
  if (asked === 'failed') {
    // Asked without a range a host may compress its answer, which with one it cannot.
    const plain = await askHost(url, { redirect }, signal);
    if (typeof plain === 'string') return err(await whyUnreachable(url, signal));
    return readAnswer(url, plain, onWhole);
  }
  return readAnswer(url, asked, onWhole);
}

/** A host of this page’s origin that wants a password makes the browser ask for it, and the page waits meanwhile. */
async function whySilent(url: string, headers: HeadersInit, signal: AbortSignal): Promise<Refusal> {
  if (new URL(url).origin !== globalThis.location.origin) return silentHost(url);
  const asked = await askHost(url, { headers, credentials: 'omit' }, signal, signInLimitMs);
  if (typeof asked === 'string') return silentHost(url);
  asked.stop();
  const { status } = asked.response;
  return status === 401 ? refuseFault(url, { kind: 'status', status }) : silentHost(url);
}

async function readAnswer(url: string, asked: Asked, onWhole: OnWhole): Promise<Result<Probed, Refusal>> {
  const { response } = asked;
  if (response.type === 'opaqueredirect') {
    asked.stop();
    return err(leadsOn(url));
  }
  const host = hostOf(response.url);
  const header: HeaderOf = (name) => response.headers.get(name) ?? undefined;
  const state = stateOf(header);
  // No byte of an empty file can be asked for.
  if (response.status === 416) {
    asked.stop();
    return ok({
      start: new Uint8Array(),
      sizeBytes: 0,
      state,
      whole: undefined,
      encoding: undefined,
      answeredBy: host,
    });
  }
  if (!response.ok) return err(refuseFault(url, await statusFault(asked), host));
  if (isWebPage(header('content-type'), new Uint8Array())) {
    asked.stop();
    return err(refuseFault(url, { kind: 'web-page' }, host));
  }
  const encoding = header('content-encoding');
  const compressed = encoding === undefined || encoding === 'identity' ? undefined : encoding;
  if (response.status !== 206) return readWhole(url, asked, state, compressed, onWhole);
  if (compressed !== undefined) {
    asked.stop();
    return err(refuseFault(url, { kind: 'compressed', encoding: compressed }));
  }
  const read = await asked.read(startBytes);
  const start = firstBytesOf(read, startBytes);
  const { sizeBytes } = state;
  const wantedBytes = Math.min(startBytes, sizeBytes ?? startBytes);
  if (read.end === 'silent' || (read.end === 'broken' && start.length < wantedBytes)) {
    return err(cutOff(url, read, wantedBytes));
  }
  return ok({ start, sizeBytes, state, whole: undefined, encoding: undefined, answeredBy: host });
}

async function readWhole(
  url: string,
  asked: Asked,
  state: FileState,
  encoding: string | undefined,
  onWhole: OnWhole,
): Promise<Result<Probed, Refusal>> {
  const told = asked.response.headers.get('Content-Length');
  // The length of a compressed answer is not that of the file.
  const sizeBytes = told === null || encoding !== undefined ? undefined : Number(told);
  if (sizeBytes !== undefined && sizeBytes > wholeLimitBytes) {
    asked.stop();
    return err(tooLargeWhole(url, sizeBytes));
  }
  onWhole(sizeBytes);
  const read = await asked.read(wholeLimitBytes);
  if (read.end === 'limit') return err(tooLargeWhole(url, undefined));
  if (read.end !== 'complete') return err(cutOff(url, read, sizeBytes));
  const start = firstBytesOf(read, startBytes);
  if (isWebPage(undefined, start))
    return err(refuseFault(url, { kind: 'web-page' }, hostOf(asked.response.url)));
  const whole = new Blob([...read.chunks]);
  return ok({
    start,
    sizeBytes: read.byteCount,
    state,
    whole,
    encoding,
    answeredBy: hostOf(asked.response.url),
  });
}

function cutOff(url: string, read: ReadBody, wantedBytes: number | undefined): Refusal {
  const receivedBytes = read.byteCount;
  if (read.end === 'silent') {
    return refuseFault(url, { kind: 'silent', seconds: silenceLimitSeconds, receivedBytes });
  }
  return refuseFault(
    url,
    wantedBytes === undefined ? { kind: 'no-answer' } : { kind: 'short', receivedBytes, wantedBytes },
  );
}

const mostDetailBytes = 4096;
const mostDetailCharacters = 160;

/** An answer that is no success, with the sentence that object stores put into its body. Ends the transfer. */
async function statusFault(asked: Asked): Promise<RemoteFault> {
  const { status } = asked.response;
  const body = await asked.read(mostDetailBytes);
  asked.stop();
  const detail = detailOf(new TextDecoder().decode(firstBytesOf(body, mostDetailBytes)));
  return detail === undefined ? { kind: 'status', status } : { kind: 'status', status, detail };
}

/** `<Error><Code>AccessDenied</Code><Message>Request has expired</Message>`, as S3, R2, GCS and Azure write it. */
export function detailOf(body: string): string | undefined {
  const part = (name: string): string | undefined =>
    new RegExp(`<${name}>([^<]*)</${name}>`).exec(body)?.[1]?.trim().replace(/\s+/g, ' ');
  const parts = [part('Code'), part('Message')].filter((text) => text !== undefined && text !== '');
  return parts.length === 0 ? undefined : parts.join(': ').slice(0, mostDetailCharacters);
}

/**
 * Why a fetch failed, which browsers do not tell. An answer to the same address without reading it means that only
 * permission (CORS) stood in the way; one that leads on elsewhere means that the next host did not give it.
 */
async function whyUnreachable(url: string, signal: AbortSignal): Promise<Refusal> {
  const { origin, protocol } = globalThis.location;
  const isLocal = /^(localhost|127\.|\[::1\])/.test(new URL(url).hostname);
  if (protocol === 'https:' && new URL(url).protocol === 'http:' && !isLocal) return notSecure(url);
  const firstStep = await heads(url, { redirect: 'manual' }, signal);
  if (firstStep === 'silent') return silentHost(url);
  if (firstStep !== 'failed') {
    return firstStep.type === 'opaqueredirect'
      ? noCorsBehindRedirect(url, origin)
      : noRangeHeader(url, origin);
  }
  const unseen = await heads(url, { mode: 'no-cors' }, signal);
  if (unseen === 'silent') return silentHost(url);
  return unseen === 'failed' ? unreachable(url) : noCors(url, origin);
}

/** The head of an answer; its body is not wanted. */
async function heads(url: string, init: RequestInit, signal: AbortSignal): Promise<Response | Unanswered> {
  const asked: Asked | Unanswered = await askHost(url, init, signal);
  if (typeof asked === 'string') return asked;
  asked.stop();
  return asked.response;
}
