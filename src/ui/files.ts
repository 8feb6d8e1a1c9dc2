/** Hands a file to the browser to save under a name. */
export function saveFile(name: string, type: string, content: BlobPart): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

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

/** The id of the input that takes files. */
export const filePickerId = 'open-database-files';

/** The id of the input that takes a folder. */
export const folderPickerId = 'open-database-folder';

/** Presses the input that takes files. */
export function openFilePicker(): void {
  document.getElementById(filePickerId)?.click();
}

/** Presses the input that takes a folder. */
export function openFolderPicker(): void {
  document.getElementById(folderPickerId)?.click();
}
