import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { distFolder } from '../../scripts/paths.ts';
import { startServer } from '../../scripts/serve/server.ts';

/** Serves the production build on a free port for the whole run; the workers read the address from `baseURL`. */
async function serveBuild(): Promise<() => Promise<void>> {
  // A build of one's own, where somebody else builds `dist` at the same time.
  const root = process.env.ITERSCOPE_DIST ?? distFolder;
  if (!existsSync(join(root, 'index.html'))) throw new Error('Nothing is built. Run: npm run build');
  const server = await startServer({ root });
  process.env.ITERSCOPE_ORIGIN = server.origin;
  return () => server.close();
}

// Playwright takes a global set-up by its default export.
export default serveBuild;
