import { useLocation, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, useEffect } from 'react';

import { decoded } from '../../lib/address.ts';
import type { GridSort } from '../../ui/grid/gridColumn.ts';
import {
  fileFields,
  type Fields,
  type FileSearch,
  type SearchOf,
  type Understood,
} from '../../url/fields.ts';
import { formatSearch, parseSearch, readQuery, type RawSearch } from '../../url/search.ts';

interface Address<F extends Fields> {
  readonly path: string;
  readonly search: FileSearch & Understood<F>;
  /** Nothing is said behind the path. */
  readonly isBare: boolean;
  /** Changes search fields of this same screen; `undefined` removes one. A view setting, so it makes no history. */
  readonly patch: (fields: FileSearch & SearchOf<F>) => void;
  /** A link to this same screen with some of its fields changed. */
  readonly here: (fields: FileSearch & SearchOf<F>) => string;
  /** Goes to a `#/...` address, as a link would; Back finds the fields `left` here. */
  readonly go: (href: string, left?: FileSearch & SearchOf<F>) => void;
}

const knownLists = new Map<string, unknown>();
/** Addresses are at most some thousand letters; so many lists of one visit are kept. */
const mostLists = 200;

/** The same list for the same values, so that what rests on it is not made anew when another field changes. */
function withKnownLists<Search extends object>(search: Search): Search {
  const entries = Object.entries(search).map(([field, value]: [string, unknown]) => {
    if (!Array.isArray(value)) return [field, value] as const;
    const key = JSON.stringify(value);
    if (!knownLists.has(key)) {
      if (knownLists.size >= mostLists) knownLists.clear();
      knownLists.set(key, value);
    }
    return [field, knownLists.get(key)] as const;
  });
  return Object.fromEntries(entries) as Search;
}

/** Where we are, of the search the `fields` of the screen that asks; without them only the open files. */
export function useAddress(): Address<typeof fileFields>;
export function useAddress<F extends Fields>(fields: F): Address<F>;
export function useAddress(fields: Fields = fileFields): Address<Fields> {
  const { pathname, searchStr } = useLocation();
  const navigate = useNavigate();
  const raw = useMemo(() => readQuery(searchStr).raw, [searchStr]);
  const search = useMemo(() => withKnownLists(parseSearch(fields, raw).search), [fields, raw]);
  const patch = useCallback(
    (changed: RawSearch) => {
      // No route matches a path with a bad `%`, and "here" would be the start: such an address stays as it came.
      if (decoded(pathname) === undefined) return;
      void navigate({
        to: '.',
        search: (before: RawSearch) => ({ ...before, ...changed }),
        replace: true,
        // The reader stays where they are on the page.
        resetScroll: false,
      });
    },
    [navigate, pathname],
  );
  const here = useCallback(
    (changed: RawSearch) => `#${pathname}${formatSearch({ ...raw, ...changed })}`,
    [pathname, raw],
  );
  const go = useCallback(
    (href: string, left?: RawSearch) => {
      askForPlace();
      if (left !== undefined) history.replaceState(history.state, '', here(left));
      location.hash = href;
    },
    [here],
  );
  return { path: pathname, search, isBare: Object.keys(raw).length === 0, patch, here, go };
}

/** The window's title: what is on screen, then the product. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Iterscope`;
  }, [title]);
}

/** A grid's sorting, kept in the field `sort` of the address as `final` or `-final`. */
export function useGridSort({
  search,
  patch,
}: SortedAddress): [GridSort | undefined, (sort: GridSort | undefined) => void] {
  const sort = useMemo(() => parseSort(search.sort), [search.sort]);
  return [sort, (next) => patch({ sort: formatSort(next) })];
}

interface SortedAddress {
  readonly search: { readonly sort: string | undefined };
  readonly patch: (fields: { readonly sort: string | undefined }) => void;
}

function parseSort(text: string | undefined): GridSort | undefined {
  if (text === undefined) return undefined;
  return text.startsWith('-')
    ? { columnId: text.slice(1), direction: 'descending' }
    : { columnId: text, direction: 'ascending' };
}

function formatSort(sort: GridSort | undefined): string | undefined {
  return sort === undefined ? undefined : `${sort.direction === 'descending' ? '-' : ''}${sort.columnId}`;
}

/**
 * Whether the change of address that comes next was asked for by a link or a command. Otherwise it is the browser's
 * Back or Forward, and the reader wants what they left. The history itself does not tell: a link and Back both make a
 * `popstate`.
 */
let asked = false;

export function askForPlace(): void {
  asked = true;
}

/** Says so once for each change. */
export function wasAskedFor(): boolean {
  const was = asked;
  asked = false;
  return was;
}

let returned = false;

/** Whether the screen was reached by Back or Forward: the reader is put where they were, and nowhere else. */
export function noteArrival(isReturn: boolean): void {
  returned = isReturn;
}

export const hasReturned = (): boolean => returned && !asked;

/**
 * Brings a part of the screen into sight and gives it the focus, and keeps it there while what stands above it is still
 * being read, until the reader moves. Returns what stops it.
 */
export function goToPart(part: HTMLElement): () => void {
  part.tabIndex = -1;
  let frame = 0;
  let first = true;
  const stop = (): void => {
    cancelAnimationFrame(frame);
    for (const moved of ['wheel', 'pointerdown', 'keydown']) removeEventListener(moved, stop);
  };
  const hold = (): void => {
    if (!part.isConnected || hasReturned()) {
      stop();
      return;
    }
    if (first) part.focus({ preventScroll: true });
    first = false;
    // jsdom has no layout and no scrollIntoView.
    if ('scrollIntoView' in part) part.scrollIntoView({ block: 'start' });
    if (document.documentElement.dataset.status === 'idle') stop();
    else frame = requestAnimationFrame(hold);
  };
  for (const moved of ['wheel', 'pointerdown', 'keydown']) addEventListener(moved, stop, { passive: true });
  frame = requestAnimationFrame(hold);
  return stop;
}
