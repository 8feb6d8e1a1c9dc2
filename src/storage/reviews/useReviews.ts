import { useSyncExternalStore } from 'react';

import { loadText, saveText } from '../preferences.ts';
import { browserKeeper } from './keeper.ts';
import { longestName, type ReviewBook } from './review.ts';
import { ReviewStore } from './reviewStore.ts';

let pageStore: ReviewStore | undefined;

/** The reviews of this page; read from the browser when first asked for. */
export function reviewStore(): ReviewStore {
  if (pageStore === undefined) {
    const names = {
      load: () => loadText('reviewer', longestName),
      save: (name: string) => saveText('reviewer', name),
    };
    pageStore = new ReviewStore({ keeper: browserKeeper(), names });
    void pageStore.start();
  }
  return pageStore;
}

export interface Reviews {
  /** By `keyText`; another map whenever anything changes. */
  readonly book: ReviewBook;
  /** Under whose name this browser judges. */
  readonly reviewer: string;
  readonly kept: 'loading' | 'browser' | 'memory';
  readonly isSaving: boolean;
  readonly store: ReviewStore;
}

/** All reviews, anew whenever this tab or another changes one. */
export function useReviews(): Reviews {
  const store = reviewStore();
  const state = useSyncExternalStore(store.subscribe, store.getState);
  return { ...state, store };
}
