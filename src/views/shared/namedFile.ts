import { type OpenFile, longName } from '../../data/session/state.ts';
import type { Origin } from '../../ui/export/origin.ts';
import { pageReach, privateHost } from '../../source/remote/address.ts';
import { parseDataToken, withFiles, withoutAddresses } from '../../url/dataToken.ts';

/** Whether `in` of an address means this file: by the name shown, or by name and content. */
export function isNamed(file: OpenFile, name: string | undefined): boolean {
  if (name === undefined) return false;
  const { source, linkToken, prints } = file;
  if (file.name === name || longName({ name: source.name, linkToken }) === name) return true;
  return source.kind === 'file' && prints.former.some((print) => name === `${source.name}~${print}`);
}

/** Files in the order in which the link names them, further ones after those. */
export function inLinkOrder(files: readonly OpenFile[], tokens: readonly string[] = []): OpenFile[] {
  const bare = tokens.map((token) => parseDataToken(token).bare);
  const place = ({ linkToken }: OpenFile): number => {
    const at = bare.indexOf(linkToken);
    return at < 0 ? tokens.length : at;
  };
  return [...files].sort((a, b) => place(a) - place(b));
}

/** The eight digits that a link tells a file by. */
export function fingerprintOf({ prints }: Pick<OpenFile, 'prints'>): string {
  return prints.content ?? prints.head;
}

/** By any of these a link may name this content, whichever version of the app wrote it. */
export function allPrintsOf({ prints }: Pick<OpenFile, 'prints'>): readonly string[] {
  return [prints.content, prints.head, ...prints.former].filter((print) => print !== undefined);
}

export function isPrintOf(file: Pick<OpenFile, 'prints'>, print: string | undefined): boolean {
  return print !== undefined && allPrintsOf(file).includes(print);
}

/** Where what leaves comes from: files, and a link that names these alone. */
export function originOf(files: readonly OpenFile[], subject: string | undefined): Origin {
  return {
    files: files.map((file) => ({ name: file.name, fingerprint: fingerprintOf(file) })),
    subject,
    linkLines: linkLines(files),
  };
}

/**
 * The address with the files concerned alone, those on a host that others cannot reach named by content; and what to do
 * where the page itself is on such a host.
 */
export function linkLines(files: readonly Pick<OpenFile, 'linkToken'>[]) {
  return (address: string): readonly string[] => {
    const { hash } = new URL(address);
    const [, query = ''] = hash.split(/\?(.*)/s);
    const kept = new URLSearchParams(query)
      .getAll('db')
      .map(parseDataToken)
      .filter(({ bare }) => files.some(({ linkToken }) => linkToken === bare));
    const own =
      kept.length === 0
        ? hash
        : withFiles(
            hash,
            kept.map(({ text }) => text),
          );
    const isHidden = kept.some(
      ({ kind, bare }) => kind === 'url' && privateHost(new URL(bare).host) !== undefined,
    );
    const reach = pageReach(address);
    return [
      `Link: ${address.replace(/#.*$/s, '')}${isHidden ? withoutAddresses(own) : own}`,
      ...(reach === undefined
        ? []
        : [`${reach}: elsewhere, put the part of the link from # on behind the address of Iterscope there.`]),
    ];
  };
}
