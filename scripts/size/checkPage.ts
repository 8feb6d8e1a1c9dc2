/** Addresses in a page that lead to another host. */
export function foreignAddresses(html: string): readonly string[] {
  const attribute =
    /\b(?:src|href|srcset|action|poster|data)\s*=\s*["']?\s*((?:[a-z][a-z0-9+.-]*:)?\/\/[^\s"'>]+)/gi;
  return [...html.matchAll(attribute)].map((match) => match[1] ?? '');
}

/** What is wrong with the engine's WASM among the built files, if anything. */
export function engineProblem(files: readonly string[]): string | undefined {
  const engines = files.filter((file) => file.endsWith('.wasm'));
  if (engines.length !== 1) return `expected one WASM file, found ${engines.length}: ${engines.join(', ')}`;
  const [engine = ''] = engines;
  // The hash lets it be cached for good: it is 30 times the size of everything else.
  return /^assets\/.+-[\w-]{8}\.wasm$/.test(engine) ? undefined : `${engine} has no hash in its name`;
}
