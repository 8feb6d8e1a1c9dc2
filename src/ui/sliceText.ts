/** Characters; small enough that drawing one slice is not felt. */
const SLICE = 4_000;

/** The text in pieces that end at line ends; joined they are the text. A longer line stays whole. */
export function sliceText(text: string, size: number = SLICE): readonly string[] {
  const slices: string[] = [];
  for (let start = 0; start < text.length;) {
    const lineEnd = text.indexOf('\n', Math.min(start + size, text.length) - 1);
    const end = lineEnd === -1 ? text.length : lineEnd + 1;
    slices.push(text.slice(start, end));
    start = end;
  }
  return slices;
}

export interface Fold {
  readonly head: string;
  /** False: the head is the whole text. */
  readonly folded: boolean;
}

/** The beginning of a text: so many lines, or so many characters where lines are long. */
export function foldText(text: string, maxLines: number): Fold {
  const maxCharacters = maxLines * 120;
  let end = -1;
  for (let line = 0; line < maxLines; line += 1) {
    end = text.indexOf('\n', end + 1);
    if (end === -1) break;
  }
  // A last line end is not one more line.
  const byLines = end === -1 || end === text.length - 1 ? text.length : end;
  const cut = Math.min(byLines, maxCharacters);
  // A few characters more are cheaper to show than to fold.
  return cut + 80 >= text.length ? { head: text, folded: false } : { head: text.slice(0, cut), folded: true };
}

/** Lines a slice takes before it was ever drawn, for the scroll bar: about 120 characters fit in one. */
export function assumedLines(slice: string): number {
  let lines = 0;
  for (const line of slice.split('\n')) lines += Math.max(1, Math.ceil(line.length / 120));
  return slice.endsWith('\n') ? lines - 1 : lines;
}
