import { withoutCredentials } from '../lib/withoutCredentials.ts';
import { fields, repeated, type Search, type SearchField } from './fields.ts';
import { currentVersion, upgrade } from './versions.ts';

/** What a link said, and the parts of it that could not be used (each said once to the reader). */
export interface ParsedSearch {
  readonly search: Search;
  readonly problems: readonly string[];
}

/** Said of a link that named a host with a user name or a password. */
export const credentialsNote =
  'The link held a user name or a password for a host. A page may not send them; they were taken out of the address.';

const fieldNames = Object.keys(fields) as SearchField[];

/** Reads the part of an address behind `?`. Never throws; unknown keys are ignored. */
export function parseSearch(text: string): ParsedSearch {
  const { params, problem } = upgrade(new URLSearchParams(text));
  const problems = problem === undefined ? [] : [problem];
  const search: Search = {};
  for (const field of fieldNames) {
    const values = params.getAll(field);
    if (values.length === 0) continue;
    const parsed = fields[field].safeParse(repeated.has(field) ? values : values[0]);
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
  return { search, problems };
}

/** The text behind `?` (with it), empty when there is nothing to say. Fields at their default are left out. */
export function formatSearch(search: Search): string {
  const params = new URLSearchParams();
  for (const field of fieldNames) {
    const value = search[field];
    if (value === undefined) continue;
    for (const item of Array.isArray(value) ? value : [value]) params.append(field, String(item));
  }
  if (params.size === 0) return '';
  params.append('v', String(currentVersion));
  return `?${params}`;
}

/** The next address's search: the open files stay, everything else is what `patch` says. */
export function keepFiles(search: Search, patch: Search = {}): Search {
  return { ...(search.db === undefined ? {} : { db: search.db }), ...patch };
}
