import { useSyncExternalStore } from 'react';
import { loadText, saveText } from '../preferences.ts';
import {
  browserReviews,
  type ReviewChanges,
  type ReviewDatabase,
  type UnreadableRecord,
} from './reviewDatabase.ts';
import {
  inventReviewer,
  isUnnamed,
  judgementBy,
  keyText,
  latestTime,
  longestName,
  longestNote,
  tidyName,
  type Opinion,
  type ProposalKey,
  type Remark,
  type Review,
  type ReviewsByProposal,
  mergeReviews,
  mergeJudgements,
} from './review.ts';
import { mergeSummary, type MergeSummary } from './sideCar.ts';

let pageStore: ReviewStore | undefined;

/** The reviews of this page; read from the browser when first asked for. */
export function reviewStore(): ReviewStore {
  if (pageStore === undefined) {
    const names = {
      load: () => loadText('reviewer', longestName),
      save: (name: string) => saveText('reviewer', name),
    };
    pageStore = new ReviewStore({ database: browserReviews(), names });
    void pageStore.start();
  }
  return pageStore;
}

export interface Reviews extends ReviewState {
  readonly store: ReviewStore;
}

/** All reviews, anew whenever this tab or another changes one. */
export function useReviews(): Reviews {
  const store = reviewStore();
  const state = useSyncExternalStore(store.subscribe, store.getState);
  return { ...state, store };
}

interface ReviewState {
  /** By `keyText`; another map whenever anything changes. */
  readonly byProposal: ReviewsByProposal;
  /** Stored records that are no reviews as this version reads them; they stay where they are. */
  readonly unreadable: readonly UnreadableRecord[];
  /** Under whose name this browser judges. */
  readonly reviewer: string;
  /** `loading`: what was kept is being read. `memory`: the browser refuses to keep anything. */
  readonly kept: 'loading' | 'browser' | 'memory';
  /** Something is on its way to where it is kept. */
  readonly isSaving: boolean;
}

/** Where the reviewer's name is kept. */
interface NameStorage {
  readonly load: () => string | undefined;
  readonly save: (name: string) => void;
}

interface ReviewStoreOptions {
  readonly database: ReviewDatabase;
  readonly names: NameStorage;
  readonly now?: () => Date;
}

/** The reviews of this page: at once in memory, and in the browser as soon as it has kept them. */
export class ReviewStore {
  private state: ReviewState;
  private readonly database: ReviewDatabase;
  private readonly names: NameStorage;
  private readonly now: () => Date;
  private readonly listeners = new Set<() => void>();
  private lastSave: Promise<void> = Promise.resolve();
  /** Keys of reviews that are not kept yet: on their way, or refused by a full disk. */
  private readonly unsaved = new Set<string>();
  private pending = 0;

  constructor({ database, names, now = () => new Date() }: ReviewStoreOptions) {
    this.database = database;
    this.names = names;
    this.now = now;
    const reviewer = names.load() ?? inventReviewer();
    this.state = { byProposal: new Map(), unreadable: [], reviewer, kept: 'loading', isSaving: false };
    if (names.load() === undefined) names.save(reviewer);
  }

  /** Reads what was kept. What is judged meanwhile is merged with it. */
  start(): Promise<void> {
    const started = this.read();
    // Nothing is kept before it is known what is there: it would be overwritten.
    this.lastSave = started;
    return started;
  }

  private async read(): Promise<void> {
    try {
      const { byProposal, unreadable } = await this.database.load();
      this.set({ byProposal: mergeReviews(byProposal, this.state.byProposal), unreadable, kept: 'browser' });
      this.database.watch((changes) => this.hear(changes));
    } catch {
      this.set({ kept: 'memory' });
    }
  }

  readonly getState = (): ReviewState => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  setOpinion(key: ProposalKey, opinion: Opinion | undefined): void {
    this.judge(key, (before) => ({ opinion, note: before?.note ?? '' }));
  }

  setNote(key: ProposalKey, note: string): void {
    const words = note.slice(0, longestNote);
    this.judge(key, (before) => ({ opinion: before?.opinion, note: words }));
  }

  /** Takes back this reviewer's own judgement on a proposal. */
  clear(key: ProposalKey): void {
    const text = keyText(key);
    this.change(new Map([[text, without(this.state.byProposal.get(text), this.state.reviewer)]]));
  }

  /** Forgets every judgement of every reviewer. */
  clearAll(): void {
    this.set({ byProposal: new Map(), unreadable: [] });
    this.unsaved.clear();
    this.keep(() => this.database.clear());
  }

  /** Merges the reviews of a side-car; nothing that is here is lost. `open`: the proposals of the open files. */
  merge(added: ReviewsByProposal, open?: ReadonlySet<string>): MergeSummary {
    const summary = mergeSummary(this.state.byProposal, added, open);
    const merged = mergeReviews(this.state.byProposal, added);
    this.change(new Map([...added.keys()].map((text) => [text, merged.get(text)])));
    return summary;
  }

  /**
   * The name to judge under; empty: none. Judgements made before a name was given move to it; those of another
   * name stay where they are.
   */
  setReviewer(name: string): void {
    const before = this.state.reviewer;
    const tidied = tidyName(name);
    const reviewer = tidied === '' ? (isUnnamed(before) ? before : inventReviewer()) : tidied;
    if (reviewer === before) return;
    this.names.save(reviewer);
    this.set({ reviewer });
    if (isUnnamed(before)) this.change(moved(this.state.byProposal, before, reviewer));
  }

  private judge(key: ProposalKey, next: (before: Remark | undefined) => Omit<Remark, 'at'>): void {
    const { byProposal, reviewer } = this.state;
    const text = keyText(key);
    const review = byProposal.get(text);
    const before = judgementBy(review, reviewer);
    const { opinion, note } = next(before);
    if (opinion === before?.opinion && note === (before?.note ?? '')) return;
    const earlier = before?.earlier ?? [];
    const rest = without(review, reviewer)?.judgements ?? [];
    if (opinion === undefined && note === '' && earlier.length === 0) {
      this.clear(key);
      return;
    }
    const mine = { reviewer, opinion, note, at: this.later(before?.at), earlier };
    this.change(new Map([[text, { key, judgements: mergeJudgements([...rest, mine]) }]]));
  }

  /** Now, and never before what it replaces: a colleague's clock may be ahead. */
  private later(before: string | undefined): string {
    const now = new Date(Math.min(this.now().getTime(), latestTime)).toISOString();
    if (before === undefined || now > before) return now;
    return new Date(Math.min(Date.parse(before) + 1, latestTime)).toISOString();
  }

  private change(changes: ReviewChanges): void {
    if (changes.size === 0) return;
    this.set({ byProposal: changed(this.state.byProposal, changes) });
    for (const text of changes.keys()) this.unsaved.add(text);
    this.keep(() => this.saveUnsaved());
  }

  /** All that is not kept, as it is now: also what a full disk refused before. */
  private async saveUnsaved(): Promise<void> {
    const texts = [...this.unsaved];
    if (texts.length === 0) return;
    await this.database.save(new Map(texts.map((text) => [text, this.state.byProposal.get(text)])));
    for (const text of texts) this.unsaved.delete(text);
    this.set({ kept: 'browser' });
  }

  private hear(changes: ReviewChanges | 'cleared'): void {
    this.set({ byProposal: changes === 'cleared' ? new Map() : changed(this.state.byProposal, changes) });
  }

  /** One after the other, so that the newest is what stays. */
  private keep(save: () => Promise<void>): void {
    this.pending += 1;
    this.set({ isSaving: true });
    this.lastSave = this.lastSave
      .then(save)
      .catch(() => this.set({ kept: 'memory' }))
      .then(() => {
        this.pending -= 1;
        if (this.pending === 0) this.set({ isSaving: false });
      });
  }

  private set(part: Partial<ReviewState>): void {
    this.state = { ...this.state, ...part };
    for (const listener of this.listeners) listener();
  }
}

function changed(byProposal: ReviewsByProposal, changes: ReviewChanges): ReviewsByProposal {
  const next = new Map(byProposal);
  for (const [text, review] of changes) {
    if (review === undefined) next.delete(text);
    else next.set(text, review);
  }
  return next;
}

function without(review: Review | undefined, reviewer: string): Review | undefined {
  const rest = review?.judgements.filter((judgement) => judgement.reviewer !== reviewer) ?? [];
  return review === undefined || rest.length === 0 ? undefined : { key: review.key, judgements: rest };
}

function moved(byProposal: ReviewsByProposal, from: string, to: string): ReviewChanges {
  const changes = new Map<string, Review>();
  for (const [text, { key, judgements }] of byProposal) {
    if (judgements.every(({ reviewer }) => reviewer !== from)) continue;
    const renamed = judgements.map((one) => (one.reviewer === from ? { ...one, reviewer: to } : one));
    changes.set(text, { key, judgements: mergeJudgements(renamed) });
  }
  return changes;
}
