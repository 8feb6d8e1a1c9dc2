import { join, resolve } from 'node:path';

/** Folders of the checkout, wherever a command is typed. */
export const repositoryFolder = resolve(import.meta.dirname, '..');
export const distFolder = join(repositoryFolder, 'dist');
/** The sample, made by `npm run sample` before the app is built. */
export const samplesFolder = join(repositoryFolder, 'public', 'samples');
/** What commands keep for themselves; not in version control. */
export const cacheFolder = join(repositoryFolder, '.cache');
