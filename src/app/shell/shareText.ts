/** What a link needs from the person who gets it, and the forms it is sent in. */
import { formatBytes } from '../../lib/format.ts';
import { privateHost } from '../../source/remote/address.ts';
import { parseDataToken, type DataToken } from '../../url/dataToken.ts';
import { heldWords } from '../../views/open/linkedFiles.ts';

/** One file of the link. `reach`: who can read it from where the link says it is. */
export interface SharedFile {
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
export function commands(names: readonly string[], hash: string): string {
  const files = names.map((name) => (/^[\w.-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`));
  return `npm start -- ${files.join(' ')}\n# then put this behind the address in the browser:\n${hash}`;
}

function tokensOf(hash: string): DataToken[] {
  const [, query = ''] = hash.split(/\?(.*)/s);
  return new URLSearchParams(query).getAll('db').map(parseDataToken);
}
