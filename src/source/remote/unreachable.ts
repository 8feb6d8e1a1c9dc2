import type { Refusal } from '../../domain/refusal.ts';
import { ask, type Asked, type Unanswered } from './ask.ts';
import {
  noCors,
  noCorsBehindRedirect,
  noRangeHeader,
  notSecure,
  silentHost,
  unreachable,
} from './refusals.ts';

/**
 * Why a fetch failed, which browsers do not tell. An answer to the same address without reading it means that only
 * permission (CORS) stood in the way; one that leads on elsewhere means that the next host did not give it.
 */
export async function whyUnreachable(url: string, signal: AbortSignal): Promise<Refusal> {
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
  const asked: Asked | Unanswered = await ask(url, init, signal);
  if (typeof asked === 'string') return asked;
  asked.stop();
  return asked.response;
}
