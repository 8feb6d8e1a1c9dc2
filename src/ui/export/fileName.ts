/** A name that every file system takes: words joined by hyphens, at most 120 characters. */
export function fileName(parts: readonly (string | undefined)[], ending: string): string {
  const name = parts
    .flatMap((part) => part ?? [])
    .join('-')
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/-{2,}/g, '-')
    .replace(/^[-.]+|-+$/g, '')
    .slice(0, 120);
  return `${name === '' ? 'export' : name}.${ending}`;
}
