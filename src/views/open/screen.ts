import type { SearchOf } from '../../url/fields.ts';
import { z } from 'zod';
import type { Screen } from '../shared/screen.ts';

const openFields = {
  /** Address of a folder that `npm start` follows, as long as nothing of it is open. */
  folder: z.string().min(1).max(4000),
} as const;

declare module '../../url/addresses.ts' {
  interface SearchOfScreen {
    '/': SearchOf<typeof openFields>;
  }
}

export const openScreen = {
  path: '/',
  name: 'open files',
  fields: openFields,
  title: () => 'Open',
  navigation: { label: 'Files', key: 'f', does: 'open files, and the files that are open' },
  fetched: 'at once',
  load: async () => (await import('./OpenView.tsx')).OpenView,
} as const satisfies Screen<'/'>;
