import type { Found } from './drivers/driven.ts';
import { findFirefox } from './drivers/firefox.ts';
import { findWebKit } from './drivers/webkit.ts';

/** The browsers that `npm run e2e -- --browser` knows besides Chromium. */
export const browsers: Readonly<Record<string, () => Found>> = {
  firefox: findFirefox,
  webkit: findWebKit,
};
