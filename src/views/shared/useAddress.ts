import { useLocation, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';

import {
  fileFields,
  type Fields,
  type FileSearch,
  type SearchOf,
  type Understood,
} from '../../url/fields.ts';
import { formatSearch, parseSearch, readQuery, type RawSearch } from '../../url/search.ts';
import { askForPlace } from './visits.ts';

interface Address<F extends Fields> {
  readonly path: string;
  readonly search: FileSearch & Understood<F>;
  /** Nothing is said behind the path. */
  readonly isBare: boolean;
  /** Changes search fields of this same screen; `undefined` removes one. A view setting, so it makes no history. */
  readonly patch: (fields: FileSearch & SearchOf<F>) => void;
  /** A link to this same screen with some of its fields changed. */
  readonly here: (fields: FileSearch & SearchOf<F>) => string;
  /** Goes to a `#/...` address, as a link would. */
  readonly go: (href: string) => void;
}

/** Where we are, of the search the `fields` of the screen that asks; without them only the open files. */
export function useAddress(): Address<typeof fileFields>;
export function useAddress<F extends Fields>(fields: F): Address<F>;
export function useAddress(fields: Fields = fileFields): Address<Fields> {
  const { pathname, searchStr } = useLocation();
  const navigate = useNavigate();
  const raw = useMemo(() => readQuery(searchStr).raw, [searchStr]);
  const search = useMemo(() => parseSearch(fields, raw).search, [fields, raw]);
  const patch = useCallback(
    (changed: RawSearch) => {
      void navigate({
        to: '.',
        search: (before: RawSearch) => ({ ...before, ...changed }),
        replace: true,
        // The reader stays where they are on the page.
        resetScroll: false,
      });
    },
    [navigate],
  );
  const here = useCallback(
    (changed: RawSearch) => `#${pathname}${formatSearch({ ...raw, ...changed })}`,
    [pathname, raw],
  );
  const go = useCallback((href: string) => {
    askForPlace();
    location.hash = href;
  }, []);
  return { path: pathname, search, isBare: Object.keys(raw).length === 0, patch, here, go };
}
