/** A percent-encoded part of an address as text; undefined where a `%` in it begins no character, as in a cut link. */
export function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
