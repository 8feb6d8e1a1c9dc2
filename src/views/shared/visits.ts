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
