/** A group of experiments that a reader made and named; it lives in the address. */
export interface HandGroup {
  readonly name: string;
  readonly ids: readonly string[];
}

/** `two-period~id~id`: the name and the ids, each percent-encoded, `~` in them too. */
export function formatGroup({ name, ids }: HandGroup): string {
  return [name, ...ids].map((part) => encodeURIComponent(part).replaceAll('~', '%7E')).join('~');
}

/** Undefined for a text that is no group of at least one experiment. */
export function parseGroup(text: string): HandGroup | undefined {
  try {
    const [name = '', ...ids] = text.split('~').map(decodeURIComponent);
    return name === '' || ids.length === 0 || ids.includes('') ? undefined : { name, ids: [...new Set(ids)] };
  } catch {
    return undefined;
  }
}

/** Groups of an address: of two with one name the first counts, and an experiment is in the first group that names it. */
export function parseGroups(texts: readonly string[]): readonly HandGroup[] {
  const taken = new Set<string>();
  const names = new Set<string>();
  return texts.flatMap((text) => {
    const group = parseGroup(text);
    if (group === undefined || names.has(group.name)) return [];
    const ids = group.ids.filter((id) => !taken.has(id));
    if (ids.length === 0) return [];
    names.add(group.name);
    for (const id of ids) taken.add(id);
    return [{ name: group.name, ids }];
  });
}
