import { z } from 'zod';

import { withoutCredentials } from '../lib/address.ts';
import { fileFields, type Fields, type FileSearch, type Understood } from './fields.ts';

/**
 * The address format's version travels as `v`. An upgrader turns a link of the version before its key into
 * one of its key; a link is taken up one step at a time, so old links outlive releases.
 */
const currentVersion = 1;

type Upgrader = (params: URLSearchParams) => URLSearchParams;

/** What reads links of all versions up to one. */
export interface AddressFormat {
  readonly version: number;
  /** Keyed by the version that the step leads to. */
  readonly upgraders: ReadonlyMap<number, Upgrader>;
}

/** Version 1 is the first: nothing leads to it. */
export const currentFormat: AddressFormat = { version: currentVersion, upgraders: new Map() };

/** Steps between two versions that nobody wrote: links of before would be misread. */
export function missingSteps({ version, upgraders }: AddressFormat): readonly number[] {
  return Array.from({ length: version - 1 }, (_, i) => i + 2).filter((step) => !upgraders.has(step));
}

interface Upgraded {
  readonly params: URLSearchParams;
  readonly problem: string | undefined;
}

/** A link without `v` is read as today's. */
export function upgrade(
  params: URLSearchParams,
  { version: current, upgraders }: AddressFormat = currentFormat,
): Upgraded {
  const text = params.get('v') ?? String(current);
  const version = /^\d{1,6}$/.test(text) ? Number(text) : current;
  if (version > current) {
    return {
      params,
      problem:
        'This link was made by a newer Iterscope; what this one knows of it is shown. Reloading may update the page.',
    };
  }
  let upgraded = params;
  for (let step = version + 1; step <= current; step += 1) {
    upgraded = upgraders.get(step)?.(upgraded) ?? upgraded;
  }
  return { params: upgraded, problem: undefined };
}

/** The part of an address behind `?`, taken apart and not yet understood. */
export type RawSearch = Readonly<Record<string, unknown>>;

/** What a link said, and the parts of it that could not be used (each said once to the reader). */
interface ParsedSearch<F extends Fields> {
  readonly search: FileSearch & Understood<F>;
  readonly problems: readonly string[];
}

/** Said of a link that named a host with a user name or a password. */
export const credentialsNote =
  'The link held a user name or a password for a host. A page may not send them; they were taken out of the address.';

/** Takes the part behind `?` apart, as a link of today's version. Never throws. */
export function readQuery(text: string): { readonly raw: RawSearch; readonly problem: string | undefined } {
  const { params, problem } = upgrade(new URLSearchParams(text));
  params.delete('v');
  const raw = Object.fromEntries(
    [...new Set(params.keys())].map((field) => {
      const values = params.getAll(field);
      return [field, values.length === 1 ? values[0] : values];
    }),
  );
  return { raw, problem };
}

/**
 * Understands what a screen knows: `db` and its own `fields`. Values may be texts of an address or values that were
 * understood before; unknown keys are ignored.
 */
export function parseSearch<F extends Fields>(fields: F, raw: RawSearch): ParsedSearch<F> {
  const problems: string[] = [];
  const search: Record<string, unknown> & { db?: readonly string[] } = {};
  const known = new Map(Object.entries<z.ZodType>({ ...fileFields, ...fields }));
  // In the order of the link, so that an address that is fine is left as it is.
  for (const [field, given] of Object.entries(raw)) {
    const schema = known.get(field);
    if (schema === undefined || given === undefined) continue;
    const values: readonly unknown[] = Array.isArray(given) ? given : [given];
    const parsed = schema.safeParse(schema instanceof z.ZodArray ? values : values[0]);
    if (parsed.success) Object.assign(search, { [field]: parsed.data });
    else
      problems.push(
        `“${field}=${values.join(',').slice(0, 60)}” in the link is not something this page knows; it was ignored.`,
      );
  }
  const db = search.db?.map(withoutCredentials);
  if (db?.some((token, i) => token !== search.db?.[i]) === true) {
    search.db = db;
    problems.push(credentialsNote);
  }
  // Each key was checked by the schema of that name.
  return { search: search as FileSearch & Understood<F>, problems };
}

/** The text behind `?` (with it), empty when there is nothing to say. Fields at their default are left out. */
export function formatSearch(search: RawSearch): string {
  const params = new URLSearchParams();
  for (const [field, value] of Object.entries(search)) {
    if (value === undefined) continue;
    for (const item of Array.isArray(value) ? value : [value]) params.append(field, String(item));
  }
  if (params.size === 0) return '';
  params.append('v', String(currentVersion));
  return `?${params}`;
}
