/** What search fields are made of, and those that belong to no screen alone (docs/url-format.md). */
import { z } from 'zod';

/**
 * Search fields by name: their grammar and, as `z.output`, their meaning. A screen declares its own; a value that does
 * not fit is dropped alone and the rest of the link stands. A field that is an array may repeat in the address.
 */
export type Fields = Readonly<Record<string, z.ZodType>>;
/** What to set of them; `undefined` takes one away. */
export type SearchOf<F extends Fields> = { readonly [K in keyof F]?: z.output<F[K]> | undefined };
/** What an address says of them. */
export type Understood<F extends Fields> = { readonly [K in keyof F]: z.output<F[K]> | undefined };

/** Of a screen without fields of its own. */
export type NoSearch = Readonly<Record<string, never>>;

/** An id or a name, as stored. */
export const name = z.string().min(1).max(500);
/** A place counted from 0: an iteration, a tick. */
export const index = z.coerce.number().int().min(0).max(2_147_483_647);
/** Words to look for. */
export const words = z.string().min(1).max(200);
/** Groups of experiments made by hand: `name~id~id`, each part percent-encoded. */
export const handGroups = z.array(z.string().min(1).max(20_000)).max(12);
/** Conditions on proposals that all hold: `saving>=-500`, money in cents and shares as numbers. */
export const conditions = z.array(z.string().min(1).max(5300)).max(40);
/** A column of the table of all proposals. */
export const proposalColumnId = z.string().min(1).max(240);
/** Its columns that order the rows, the first one first; `-` before one for descending. */
export const sortKeys = z.array(proposalColumnId).max(6);
/** Column and direction of a grid: `final` or `-final`. */
export const sort = z.string().regex(/^-?[a-z_]{1,40}$/);

/** Every screen understands them. */
export const fileFields = {
  /** What to open: `sample`, an address, or `file:{name}~{fingerprint}`; may repeat. */
  db: z.array(z.string().min(1).max(4000)).max(50),
} as const;
export type FileSearch = SearchOf<typeof fileFields>;

/** For screens that compare two policies. */
export const comparisonFields = {
  /** How they are shown, each comparison by whose policies it is about: `BANK_A.tree`. */
  view: z.array(z.string().regex(/^(?:.{1,480}\.)?(?:tree|outline|text)$/su)).max(50),
} as const;

/** For screens that name an experiment or a run. */
export const placeFields = {
  /** Which open file it is meant in, where two hold the same id. */
  in: name,
} as const;

/** One policy of an experiment in an address: `BANK_A.3.force`, `BANK_A.7.proposed`. */
export interface PolicyChoice {
  readonly agent: string;
  readonly iteration: number;
  readonly which: 'force' | 'proposed';
}

/** Taken apart from its end: an agent's id may hold points itself. */
export const policyChoicePattern = /^(.{1,480})\.(\d{1,9})\.(force|proposed)$/su;

/** Undefined for a text that names no policy. */
export function parsePolicyChoice(text: string | undefined): PolicyChoice | undefined {
  const found = text === undefined ? null : policyChoicePattern.exec(text);
  const [, agent, iteration, which] = found ?? [];
  if (agent === undefined || (which !== 'force' && which !== 'proposed')) return undefined;
  return { agent, iteration: Number(iteration), which };
}

export function formatPolicyChoice({ agent, iteration, which }: PolicyChoice): string {
  return `${agent}.${iteration}.${which}`;
}
