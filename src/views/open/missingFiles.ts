import type { OpenFile } from '../../data/session/state.ts';

/** A local file that a link names and nobody has handed over yet. */
export interface MissingFile {
  readonly token: string;
  readonly name: string;
}

/** `file:{name}~{fingerprint}`; the name may itself hold a `~`. */
const fileToken = /^file:(?<name>.+)~(?<print>[0-9a-f]{8})$/;

/**
 * The open file that a token stands for: the very one, else one of its name that no other token stands for,
 * whatever its content.
 */
function standIn(
  token: string,
  name: string,
  tokens: readonly string[],
  open: readonly OpenFile[],
): OpenFile | undefined {
  return (
    open.find((file) => file.linkToken === token) ??
    open.find((file) => file.source.name === name && !tokens.includes(file.linkToken))
  );
}

/** Files that are asked for by name and not open under that name; `tokens` are all of the link's. */
export function missingFiles(tokens: readonly string[], open: readonly OpenFile[]): MissingFile[] {
  return tokens.flatMap((token) => {
    const name = fileToken.exec(token)?.groups?.name;
    return name === undefined || standIn(token, name, tokens, open) !== undefined ? [] : [{ token, name }];
  });
}

/** Files open under a name that a link gave, but with other content than when the link was made. */
export function changedFiles(tokens: readonly string[], open: readonly OpenFile[]): string[] {
  return tokens.flatMap((token) => {
    const name = fileToken.exec(token)?.groups?.name;
    const file = name === undefined ? undefined : standIn(token, name, tokens, open);
    return file === undefined || file.linkToken === token ? [] : [file.name];
  });
}
