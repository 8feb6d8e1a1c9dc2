export const THEMES = ['system', 'light', 'dark'] as const;
/** `system` follows the reader's operating system. */
export type Theme = (typeof THEMES)[number];

/** Sets `data-theme` on the root element; `system` removes it (see tokens.css). */
export function applyTheme(theme: Theme, root: HTMLElement = document.documentElement): void {
  if (theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = theme;
}
