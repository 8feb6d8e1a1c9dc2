import { clear, createStore, delMany, entries, getMany, setMany, type UseStore } from 'idb-keyval';
import {
  keyText,
  opinions,
  proposalKey,
  type Review,
  type ReviewsByProposal,
  mergeJudgements,
} from './review.ts';
import { z } from 'zod';
/** Changed reviews by `keyText`; undefined: gone. */
export type ReviewChanges = ReadonlyMap<string, Review | undefined>;

/** A stored record that is no review as this version reads it: damaged, of another version, or of somebody else. */
export interface UnreadableRecord {
  readonly key: string;
  readonly value: unknown;
}

/** What was kept. */
export interface Kept {
  readonly byProposal: ReviewsByProposal;
  readonly unreadable: readonly UnreadableRecord[];
}

/** Where reviews are kept. Everything may be refused: private windows, full disks, forbidden storage. */
export interface ReviewDatabase {
  readonly load: () => Promise<Kept>;
  readonly save: (changes: ReviewChanges) => Promise<void>;
  readonly clear: () => Promise<void>;
  /** Hears of what other tabs kept. */
  readonly watch: (heard: (changes: ReviewChanges | 'cleared') => void) => void;
}

const channelName = 'iterscope-reviews';

/** Keeps reviews in this browser's IndexedDB, one record a proposal, and tells the other tabs. */
export function browserReviews(): ReviewDatabase {
  let store: UseStore | undefined;
  // Made on first use: even asking for the database may be refused.
  const opened = () => (store ??= createStore('iterscope-reviews', 'reviews'));
  const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(channelName);

  async function save(changes: ReviewChanges): Promise<void> {
    const kept: [string, unknown][] = [];
    const gone: string[] = [];
    for (const [text, review] of changes) {
      if (review === undefined) gone.push(text);
      else kept.push([text, storedReview(review)]);
    }
    kept.push(...(await setAside([...changes.keys()])));
    if (kept.length > 0) await setMany(kept, opened());
    if (gone.length > 0) await delMany(gone, opened());
    channel?.postMessage([...changes.keys()]);
  }

  /** Records that cannot be read, under other names: what is written now would take their place. */
  async function setAside(texts: readonly string[]): Promise<[string, unknown][]> {
    const stored = await getMany<unknown>([...texts], opened());
    const at = new Date().toISOString();
    return texts.flatMap((text, place): [string, unknown][] => {
      const value = stored[place];
      return value === undefined || readStoredReview(value) !== undefined
        ? []
        : [[`${text}, set aside ${at}`, value]];
    });
  }

  async function changesOf(texts: readonly string[]): Promise<ReviewChanges> {
    const stored = await getMany<unknown>([...texts], opened());
    return new Map(texts.map((text, place) => [text, readStoredReview(stored[place])?.[1]]));
  }

  return {
    load: async () => readKept(await entries<IDBValidKey, unknown>(opened())),
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

/** What is stored, review by review; nothing is left out. */
export function readKept(stored: readonly (readonly [IDBValidKey, unknown])[]): Kept {
  const byProposal = new Map<string, Review>();
  const unreadable: UnreadableRecord[] = [];
  for (const [key, value] of stored) {
    const read = readStoredReview(value);
    if (read === undefined)
      unreadable.push({ key: typeof key === 'string' ? key : JSON.stringify(key), value });
    else byProposal.set(...read);
  }
  return { byProposal, unreadable };
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
