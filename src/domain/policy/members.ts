/** A JSON string, one mark, or a run of anything else; strings are taken whole, so brackets in them do not count. */
const token = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:,]|[^"{}[\]:,]+/gs;

/**
 * The members of a JSON object with their values as they stand in the text, number formats and key order
 * included. Empty when the text is not an object; of a repeated key the last one counts, as in parsing.
 * The text must be valid JSON otherwise: parse it first.
 */
export function memberTexts(text: string): ReadonlyMap<string, string> {
  const members = new Map<string, string>();
  let depth = 0;
  let lastString = '""';
  let open: { readonly key: string; readonly start: number } | undefined;
  for (const { 0: part, index } of text.matchAll(token)) {
    if (part === '{' || part === '[') depth += 1;
    const closes = part === '}' || part === ']';
    if (depth === 1 && open !== undefined && (part === ',' || closes)) {
      members.set(open.key, text.slice(open.start, index).trim());
      open = undefined;
    }
    if (closes) depth -= 1;
    if (part.startsWith('"')) lastString = part;
    if (depth === 1 && part === ':' && open === undefined) {
      open = { key: String(JSON.parse(lastString)), start: index + 1 };
    }
  }
  return members;
}
