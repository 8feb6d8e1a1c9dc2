import { useQuery } from '@tanstack/react-query';
import { z } from 'zod';

import { sampleSource, type UrlSource } from '../source/source.ts';

const indexShape = z.object({
  files: z.array(z.object({ fileName: z.string(), title: z.string(), byteCount: z.number() })),
});

export interface OfferedSample {
  readonly title: string;
  readonly byteCount: number;
  readonly source: UrlSource;
}

/** The samples served beside the app; none where it was built without them, or while nobody wants them. */
export function useSamples(wanted = true): readonly OfferedSample[] {
  const { data } = useQuery({
    queryKey: ['app', 'samples'],
    queryFn: ({ signal }) => readIndex(signal),
    enabled: wanted,
  });
  return data ?? [];
}

async function readIndex(signal: AbortSignal): Promise<OfferedSample[]> {
  const response = await fetch('samples/index.json', { signal });
  // A host that answers every path with its home page has no samples either.
  if (!response.ok || !response.headers.get('Content-Type')?.includes('json')) return [];
  const index = indexShape.safeParse(await response.json());
  if (!index.success) return [];
  return index.data.files.map(({ fileName, title, byteCount }) => ({
    title,
    byteCount,
    source: sampleSource(new URL(`samples/${fileName}`, document.baseURI).href),
  }));
}
