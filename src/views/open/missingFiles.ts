import type { OpenFile } from '../../data/session/state.ts';

/** A local file that a link names and nobody has handed over yet. */
export interface MissingFile {
  readonly token: string;
  readonly name: string;
}

/** `file:{name}~{fingerprint}`; the name may itself hold a `~`. */
const fileToken = /^file:(?<name>.+)~(?<print>[0-9a-f]{8})$/;

/** Files that are asked for by name and not open under that name, whatever their content. */
export function missingFiles(tokens: readonly string[], open: readonly OpenFile[]): MissingFile[] {
  const names = new Set(open.map((file) => file.source.name));
  return tokens.flatMap((token) => {
    const name = fileToken.exec(token)?.groups?.name;
    return name === undefined || names.has(name) ? [] : [{ token, name }];
  });
}

/** Files open under a name that a link gave, but with other content than when the link was made. */
export function changedFiles(tokens: readonly string[], open: readonly OpenFile[]): string[] {
  return tokens.flatMap((token) => {
    const name = fileToken.exec(token)?.groups?.name;
    const file = open.find((candidate) => candidate.source.name === name);
    return file === undefined || file.linkToken === token ? [] : [file.name];
  });
}
