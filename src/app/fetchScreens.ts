import type { AnyScreen } from '../views/shared/screen.ts';
import { screens } from './screens.ts';

/** Fetches the screens that are due `when`. A failure is said when the screen is opened. */
export function fetchScreens(when: AnyScreen['fetched']): void {
  for (const screen of screens) if (screen.fetched === when) screen.load().catch(() => undefined);
}
