/**
 * What stands in an element: each part of it apart from the next, where a browser would draw a space or a line. What
 * one `bdi` holds is one name, whatever its faces.
 */
export function textOf(element: Element): string {
  const walker = element.ownerDocument.createTreeWalker(element, 4 /* texts */);
  const parts: string[] = [];
  let name: Element | null = null;
  while (walker.nextNode() !== null) {
    const { parentElement, textContent } = walker.currentNode;
    if (parentElement?.closest('style, script, title') !== null) continue;
    const around: Element | null = parentElement.closest('bdi');
    if (around !== null && around === name) parts.push(`${parts.pop() ?? ''}${textContent ?? ''}`);
    else parts.push(textContent ?? '');
    name = around;
  }
  return parts
    .join(' ')
    .replace(/\s+/g, ' ')
    .replace(/ ([.,;:)])/g, '$1')
    .trim();
}

/** What a grid or table says: every row, also those that are not in the document yet. */
export interface GridText {
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A row by the words of its headings. */
export type Row = Readonly<Record<string, string>>;

/** A cell; empty where the file holds nothing, which the screen says with a dash and the reason. */
export function cellOf(row: Row | undefined, header: string): string {
  const text = row?.[header];
  if (text === undefined) throw new Error(`no column ${header}: ${Object.keys(row ?? {}).join(', ')}`);
  return text.startsWith('–') ? '' : text;
}

/** The rows as objects, by the words of their headings. */
export function records({ headers, rows }: GridText): readonly Row[] {
  return rows.map((row) => Object.fromEntries(headers.map((header, i) => [header, row[i] ?? ''])));
}
