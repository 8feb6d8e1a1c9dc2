import type { OpenFile } from '../../data/session/state.ts';
import { longName } from '../../data/session/uniqueNames.ts';
import { parseDataToken } from '../../url/dataToken.ts';

/** Whether `in` of an address means this file: by the name shown, or by name and content. */
export function isNamed(file: OpenFile, name: string | undefined): boolean {
  if (name === undefined) return false;
  return file.name === name || longName({ name: file.source.name, linkToken: file.linkToken }) === name;
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

/** The eight digits over all of a local file; of one behind an address only those over its size and head are known. */
export function localPrint({ linkToken }: Pick<OpenFile, 'linkToken'>): string | undefined {
  return /^file:.*~([0-9a-f]{8})$/s.exec(linkToken)?.[1];
}

/** The eight digits that a link tells a file by. */
export function fingerprintOf(file: Pick<OpenFile, 'linkToken' | 'headPrint'>): string {
  return localPrint(file) ?? file.headPrint;
}
