import { clear, createStore, delMany, getMany, setMany, values, type UseStore } from 'idb-keyval';
import { keyText, opinions, proposalKey, type Review, type ReviewBook } from './review.ts';
import { z } from 'zod';
import { mergeJudgements } from './merge.ts';

/** Changed reviews by `keyText`; undefined: gone. */
export type Changes = ReadonlyMap<string, Review | undefined>;

/** Where reviews are kept. Everything may be refused: private windows, full disks, forbidden storage. */
export interface Keeper {
  readonly load: () => Promise<ReviewBook>;
  readonly save: (changes: Changes) => Promise<void>;
  readonly clear: () => Promise<void>;
  /** Hears of what other tabs kept. */
  readonly watch: (heard: (changes: Changes | 'cleared') => void) => void;
}

const channelName = 'iterscope-reviews';

/** Keeps reviews in this browser's IndexedDB, one record a proposal, and tells the other tabs. */
export function browserKeeper(): Keeper {
  let store: UseStore | undefined;
  // Made on first use: even asking for the database may be refused.
  const opened = () => (store ??= createStore('iterscope-reviews', 'reviews'));
  const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(channelName);

  async function save(changes: Changes): Promise<void> {
    const kept: [string, unknown][] = [];
    const gone: string[] = [];
    for (const [text, review] of changes) {
      if (review === undefined) gone.push(text);
      else kept.push([text, storedReview(review)]);
    }
    if (kept.length > 0) await setMany(kept, opened());
    if (gone.length > 0) await delMany(gone, opened());
    channel?.postMessage([...changes.keys()]);
  }

  async function changesOf(texts: readonly string[]): Promise<Changes> {
    const stored = await getMany<unknown>([...texts], opened());
    return new Map(texts.map((text, place) => [text, readStoredReview(stored[place])?.[1]]));
  }

  return {
    load: async () => {
      const stored = await values<unknown>(opened());
      return new Map(stored.map(readStoredReview).filter((entry) => entry !== undefined));
    },
    save,
    clear: async () => {
      await clear(opened());
      channel?.postMessage('cleared');
    },
    watch: (heard) => {
      channel?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        if (data === 'cleared') heard('cleared');
        if (!Array.isArray(data)) return;
        const texts = data.filter((text) => typeof text === 'string');
        changesOf(texts).then(heard, () => undefined);
      });
    },
  };
}

const remark = z.object({
  opinion: z.enum(opinions).optional(),
  note: z.string(),
  at: z.string(),
});
const shape = z.object({
  experiment: z.string(),
  iteration: z.number(),
  agent: z.string(),
  judgements: z.array(remark.extend({ reviewer: z.string(), earlier: z.array(remark) })).min(1),
});

/** A review as the browser keeps it. */
function storedReview({ key, judgements }: Review): z.input<typeof shape> {
  return {
    experiment: key.experimentId,
    iteration: key.iteration,
    agent: key.agentId,
    judgements: judgements.map(({ earlier, ...rest }) => ({ ...rest, earlier: [...earlier] })),
  };
}

/** A kept review with its key, unless an extension or another version of the app left something else there. */
function readStoredReview(value: unknown): readonly [string, Review] | undefined {
  const read = shape.safeParse(value);
  if (!read.success) return undefined;
  const key = proposalKey(read.data.experiment, read.data.iteration, read.data.agent);
  const judgements = read.data.judgements.map(({ reviewer, opinion, note, at, earlier }) => ({
    reviewer,
    opinion,
    note,
    at,
    earlier: earlier.map((old) => ({ opinion: old.opinion, note: old.note, at: old.at })),
  }));
  return [keyText(key), { key, judgements: mergeJudgements(judgements) }];
}
