/**
 * The address format's version travels as `v`. An upgrader turns a link of the version before its key into
 * one of its key; a link is taken up one step at a time, so old links outlive releases.
 */
export const currentVersion = 1;

type Upgrader = (params: URLSearchParams) => URLSearchParams;

/** Keyed by the version that the step leads to. Version 1 is the first: nothing leads to it. */
const upgraders: ReadonlyMap<number, Upgrader> = new Map();

export interface Upgraded {
  readonly params: URLSearchParams;
  readonly problem: string | undefined;
}

/** A link without `v` is read as today's. */
export function upgrade(params: URLSearchParams): Upgraded {
  const text = params.get('v') ?? String(currentVersion);
  const version = /^\d{1,6}$/.test(text) ? Number(text) : currentVersion;
  if (version > currentVersion) {
    return {
      params,
      problem:
        'This link was made by a newer Iterscope; what this one knows of it is shown. Reloading may update the page.',
    };
  }
  let upgraded = params;
  for (let step = version + 1; step <= currentVersion; step += 1) {
    upgraded = upgraders.get(step)?.(upgraded) ?? upgraded;
  }
  return { params: upgraded, problem: undefined };
}
