/** Where each thing lives (contract: docs/url-format.md). Ids are percent-encoded whole. */
import type { FileSearch } from './fields.ts';
import { formatSearch } from './search.ts';

/** Search fields of every screen by its path. A screen adds itself where it declares itself (`screen.ts`). */
// oxlint-disable-next-line typescript/no-empty-object-type -- filled by the screens
export interface SearchOfScreen {}

export type ScreenPath = keyof SearchOfScreen;

type NameIn<Segment extends string> = Segment extends `$${infer Name}` ? Name : never;
type NamesIn<Path extends string> = Path extends `${infer Segment}/${infer Rest}`
  ? NameIn<Segment> | NamesIn<Rest>
  : NameIn<Path>;

/** The parts of a path that name something, as texts. */
export type ParamsOf<P extends string> = Readonly<Record<NamesIn<P>, string>>;

type Given<P extends ScreenPath> = Readonly<Record<NamesIn<P>, string | number>> &
  FileSearch &
  SearchOfScreen[P];

/** A place on a screen: only where the path names nothing may it be left out. */
type Place<P extends ScreenPath> = [NamesIn<P>] extends [never] ? [place?: Given<P>] : [place: Given<P>];

/** What a link takes along from where it stands. */
type Current<P extends ScreenPath> = FileSearch &
  ([NamesIn<P>] extends [never] ? unknown : { readonly in: string | undefined });

/**
 * A link to a screen: `place` fills the names of the path and sets search fields. The open files travel along, and
 * where the path names something also the file that it is meant in.
 */
export function hrefTo<P extends ScreenPath>(path: P, current: Current<P>, ...[place]: Place<P>): string {
  const { db, in: file }: FileSearch & { in?: string | undefined } = current;
  const given: Record<string, unknown> = { db, ...(path.includes('$') ? { in: file } : {}), ...place };
  const names = new Set<string>();
  const filled = path.replace(/\$(\w+)/g, (_, name: string) => {
    names.add(name);
    return encodeURIComponent(String(given[name]));
  });
  const search = Object.fromEntries(Object.entries(given).filter(([field]) => !names.has(field)));
  return `#${filled}${formatSearch(search)}`;
}
