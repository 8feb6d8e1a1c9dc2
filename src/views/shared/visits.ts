/**
 * Whether the change of address that comes next was asked for by a link or a command. Otherwise it is the browser's
 * Back or Forward, and the reader wants what they left. The history itself does not tell: a link and Back both make a
 * `popstate`.
 */
let asked = false;

export function askForPlace(): void {
  asked = true;
}

/** Says so once for each change. */
export function wasAskedFor(): boolean {
  const was = asked;
  asked = false;
  return was;
}

let returned = false;

/** Whether the screen was reached by Back or Forward: the reader is put where they were, and nowhere else. */
export function noteArrival(isReturn: boolean): void {
  returned = isReturn;
}

export const hasReturned = (): boolean => returned && !asked;

/**
 * Brings a part of the screen into sight and gives it the focus, and keeps it there while what stands above it is still
 * being read, until the reader moves. Returns what stops it.
 */
export function goToPart(part: HTMLElement): () => void {
  part.tabIndex = -1;
  let frame = 0;
  let first = true;
  const stop = (): void => {
    cancelAnimationFrame(frame);
    for (const moved of ['wheel', 'pointerdown', 'keydown']) removeEventListener(moved, stop);
  };
  const hold = (): void => {
    if (!part.isConnected || hasReturned()) {
      stop();
      return;
    }
    if (first) part.focus({ preventScroll: true });
    first = false;
    // jsdom has no layout and no scrollIntoView.
    if ('scrollIntoView' in part) part.scrollIntoView({ block: 'start' });
    if (document.documentElement.dataset.status === 'idle') stop();
    else frame = requestAnimationFrame(hold);
  };
  for (const moved of ['wheel', 'pointerdown', 'keydown']) addEventListener(moved, stop, { passive: true });
  frame = requestAnimationFrame(hold);
  return stop;
}
