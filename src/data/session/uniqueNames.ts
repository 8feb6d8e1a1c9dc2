import { fingerprint } from '../../source/fingerprint.ts';

interface Named {
  /** As the file calls itself. */
  readonly name: string;
  /** How a link names it: ends in the fingerprint of a local file. */
  readonly linkToken: string;
}

/**
 * Names as they are shown and as `in` names them in a link. Files of one name are told apart by what is in them
 * (remote ones by their address), as `results.db~0a1b2c3d`: in whatever order they are opened, each keeps its own.
 */
export function uniqueNames(files: readonly Named[]): string[] {
  const counts = new Map<string, number>();
  for (const { name } of files) counts.set(name, (counts.get(name) ?? 0) + 1);
  return files.map((file) => ((counts.get(file.name) ?? 0) > 1 ? longName(file) : file.name));
}

/** The name with the content, also where it is not needed: a link may have been made beside another of the name. */
export function longName({ name, linkToken }: Named): string {
  const print = /~([0-9a-f]{8})$/.exec(linkToken)?.[1];
  return `${name}~${print ?? fingerprint(new TextEncoder().encode(linkToken), 0)}`;
}
