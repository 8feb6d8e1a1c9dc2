import { z } from 'zod';

/** Of Vite's manifest, the part that says what a page loads before anything asks for more. */
export const viteManifest = z.record(
  z.string(),
  z.object({
    file: z.string(),
    isEntry: z.boolean().optional(),
    imports: z.array(z.string()).optional(),
    css: z.array(z.string()).optional(),
  }),
);
export type ViteManifest = z.infer<typeof viteManifest>;

/** Files that the entry and its static imports bring in; what is imported on demand is left out. */
export function staticFiles(manifest: ViteManifest): readonly string[] {
  const files = new Set<string>();
  const visit = (key: string): void => {
    const chunk = manifest[key];
    if (chunk === undefined) throw new Error(`the manifest names ${key} and does not list it`);
    if (files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const file of chunk.css ?? []) files.add(file);
    for (const imported of chunk.imports ?? []) visit(imported);
  };
  const entries = Object.keys(manifest).filter((key) => manifest[key]?.isEntry === true);
  if (entries.length === 0) throw new Error('the manifest has no entry');
  for (const entry of entries) visit(entry);
  return [...files];
}
