/** The id of the page's one file input. */
export const filePickerId = 'open-database-files';

/** Presses the page's one file input. */
export function openFilePicker(): void {
  document.getElementById(filePickerId)?.click();
}
