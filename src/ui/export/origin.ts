import { createContext, useContext } from 'react';
import { appVersion } from '../../lib/appVersion.ts';

/** Where what leaves comes from. */
export interface Origin {
  /** Open files that the screen reads, each with its fingerprint where it is known. */
  readonly files: readonly { readonly name: string; readonly fingerprint: string | undefined }[];
  /** What of them is on screen, as an experiment or run id; undefined where it is all of them. */
  readonly subject: string | undefined;
  /** A link back to the screen of an address, and what is to be known of it. */
  readonly linkLines: (address: string) => readonly string[];
}

export const OriginContext = createContext<Origin>({
  files: [],
  subject: undefined,
  linkLines: (address) => [`Link: ${address}`],
});

/** Opens the query behind a figure or grid, by the name that it has on screen; undefined where there is none. */
export const QueryBehindContext = createContext<((name: string) => void) | undefined>(undefined);

export function useOrigin(): Origin {
  return useContext(OriginContext);
}

/** The facts of an origin, one a line, for the metadata of a file; `address` is that of the screen. */
export function provenanceLines(
  origin: Origin,
  part: string | undefined,
  address: string,
): readonly string[] {
  return [
    ...origin.files.map(({ name, fingerprint }) => `File: ${fileWords(name, fingerprint)}`),
    ...(origin.subject === undefined ? [] : [`Subject: ${origin.subject}`]),
    ...(part === undefined ? [] : [`Part: ${part}`]),
    `Made with: Iterscope ${appVersion}`,
    ...origin.linkLines(address),
  ];
}

/** Files beyond this are counted in a footnote; the metadata names all. */
const mostNamed = 3;

/** The same in one line: `results.db 0a1b2c3d · exp1, iterations 0 to 9 · Iterscope 0.1.0`. */
export function provenanceFootnote(
  { files, subject }: Pick<Origin, 'files' | 'subject'>,
  part: string | undefined,
): string {
  const named = files.slice(0, mostNamed).map(({ name, fingerprint }) => bare(name, fingerprint));
  const more = files.length > mostNamed ? [`${files.length - mostNamed} more files`] : [];
  const what = [subject, part].filter((words) => words !== undefined).join(', ');
  return [[...named, ...more].join(', '), what, `Iterscope ${appVersion}`]
    .filter((words) => words !== '')
    .join(' · ');
}

const bare = (name: string, fingerprint: string | undefined): string =>
  fingerprint === undefined ? name : `${name} ${fingerprint}`;
const fileWords = (name: string, fingerprint: string | undefined): string =>
  fingerprint === undefined ? `${name}, fingerprint not known` : `${name}, fingerprint ${fingerprint}`;
