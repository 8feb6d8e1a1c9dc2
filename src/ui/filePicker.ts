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
