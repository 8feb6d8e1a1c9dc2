/** Where the app opens: the list over the shared files, or over the sample. */
export function startAddress(origin: string, files: readonly string[]): string {
  if (files.length === 0) return `${origin}/#/experiments?db=sample`;
  const search = files.map((path) => `db=${encodeURIComponent(origin + path)}`);
  return `${origin}/#/experiments?${search.join('&')}`;
}
