/**
 * The address format's version travels as `v`. An upgrader turns a link of the version before its key into
 * one of its key; a link is taken up one step at a time, so old links outlive releases.
 */
export const currentVersion = 1;

type Upgrader = (params: URLSearchParams) => URLSearchParams;

/** What reads links of all versions up to one. */
export interface Format {
  readonly version: number;
  /** Keyed by the version that the step leads to. */
  readonly upgraders: ReadonlyMap<number, Upgrader>;
}

/** Version 1 is the first: nothing leads to it. */
export const currentFormat: Format = { version: currentVersion, upgraders: new Map() };

/** Steps between two versions that nobody wrote: links of before would be misread. */
export function missingSteps({ version, upgraders }: Format): readonly number[] {
  return Array.from({ length: version - 1 }, (_, i) => i + 2).filter((step) => !upgraders.has(step));
}

export interface Upgraded {
  readonly params: URLSearchParams;
  readonly problem: string | undefined;
}

/** A link without `v` is read as today's. */
export function upgrade(
  params: URLSearchParams,
  { version: current, upgraders }: Format = currentFormat,
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
