import { loadText, saveText } from './preferences.ts';

const longest = 20_000;

/**
 * Hosts that links may open files from without asking. The page's own origin needs no permission: it is where the
 * page itself comes from.
 */
export function isAllowed(address: string): boolean {
  const origin = originOf(address);
  return origin === globalThis.location.origin || allowedHosts().includes(origin);
}

/** Remembers the host of an address, for this visit at least. */
export function allowHost(address: string): void {
  const origin = originOf(address);
  if (isAllowed(address)) return;
  ofThisPage.add(origin);
  saveText('hosts', allowedHosts().join('\n'));
}

/** Whether the reader has said that redirects of this host may be followed; of the page's own they may. */
export function mayLeadOn(address: string): boolean {
  const origin = originOf(address);
  return origin === globalThis.location.origin || allowedHosts().includes(origin + leadingOn);
}

/** Remembers that redirects of the host of an address may be followed, for this visit at least. */
export function allowLeadingOn(address: string): void {
  if (mayLeadOn(address)) return;
  ofThisPage.add(originOf(address) + leadingOn);
  saveText('hosts', allowedHosts().join('\n'));
}

/** Stands behind an origin whose redirects are followed. */
const leadingOn = ' and where it leads on to';

/** Asks about every host again. */
export function forgetHosts(): void {
  ofThisPage.clear();
  saveText('hosts', '');
}

export function allowedHosts(): readonly string[] {
  return [...new Set([...(loadText('hosts', longest)?.split('\n') ?? []), ...ofThisPage])];
}

/** Where the browser keeps nothing the answer lasts as long as the page. */
const ofThisPage = new Set<string>();

const originOf = (address: string): string => (URL.canParse(address) ? new URL(address).origin : '');
