import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

import { engineExports } from './scripts/engine/engineExports.ts';
import { licencesInBuild } from './scripts/licences/licences.ts';
import { serviceWorkerInBuild } from './scripts/offline/serviceWorkerInBuild.ts';
import { policyInPage } from './scripts/serve/contentSecurityPolicy.ts';

export default defineConfig({
  // Relative addresses: the build runs from any folder of any static host.
  base: './',
  plugins: [react(), engineExports(), policyInPage(), licencesInBuild(), serviceWorkerInBuild()],
  build: {
    target: 'es2022',
    // light-dark() stays as written instead of being taken apart for older browsers.
    cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
    manifest: true,
    // The open screen declares itself like the others and is in the first script all the same.
    rolldownOptions: { checks: { ineffectiveDynamicImport: false } },
    // The engine's WASM must stay a file of its own, fetched once and cached by its hash.
    assetsInlineLimit: 4096,
    chunkSizeWarningLimit: 1500,
  },
  worker: { format: 'es' },
});
