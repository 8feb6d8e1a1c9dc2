import type { OpenFile } from '../../data/session/state.ts';
import { longName } from '../../data/session/uniqueNames.ts';
import { parseDataToken } from '../../url/dataToken.ts';

/** Whether `in` of an address means this file: by the name shown, or by name and content. */
export function isNamed(file: OpenFile, name: string | undefined): boolean {
  if (name === undefined) return false;
  const { source, linkToken, prints } = file;
  if (file.name === name || longName({ name: source.name, linkToken }) === name) return true;
  return source.kind === 'file' && prints.former !== undefined && name === `${source.name}~${prints.former}`;
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

/** Whether eight digits of a link are of this content, whichever version of the app wrote them. */
export function isPrintOf({ prints }: Pick<OpenFile, 'prints'>, print: string | undefined): boolean {
  return print !== undefined && [prints.content, prints.former, prints.head].includes(print);
}
