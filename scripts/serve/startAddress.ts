/** A page opens so many files at once without being asked to. */
const mostAtOnce = 20;

/** Where the app opens: the list over the shared files, an empty folder that is followed, or the sample. */
export function startAddress(
  origin: string,
  files: readonly string[],
  folders: readonly string[] = [],
): string {
  if (files.length > 0) {
    const search = files.slice(0, mostAtOnce).map((path) => `db=${encodeURIComponent(origin + path)}`);
    return `${origin}/#/experiments?${search.join('&')}`;
  }
  const [folder] = folders;
  if (folder !== undefined) return `${origin}/#/?folder=${encodeURIComponent(origin + folder)}`;
  return `${origin}/#/experiments?db=sample`;
}
