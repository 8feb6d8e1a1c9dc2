import { useLocation, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';

import type { Search } from '../../url/fields.ts';
import { parseSearch } from '../../url/search.ts';

export interface Address {
  readonly path: string;
  readonly search: Search;
  /** Changes search fields of this same screen; `undefined` removes one. A view setting, so it makes no history. */
  readonly patch: (fields: Search) => void;
  /** Goes to a `#/...` address, as a link would. */
  readonly go: (href: string) => void;
}

/** Where we are. */
export function useAddress(): Address {
  const { pathname, searchStr } = useLocation();
  const navigate = useNavigate();
  const { search } = useMemo(() => parseSearch(searchStr), [searchStr]);
  const patch = useCallback(
    (fields: Search) => {
      void navigate({
        to: '.',
        search: (before: Search) => ({ ...before, ...fields }),
        replace: true,
        // The reader stays where they are on the page.
        resetScroll: false,
      });
    },
    [navigate],
  );
  const go = useCallback((href: string) => {
    location.hash = href;
  }, []);
  return { path: pathname, search, patch, go };
}
