import { useRouterState } from '@tanstack/react-router';

import type { AnyScreen } from '../../views/shared/screen.ts';
import { screens } from '../screens.ts';

/** The screen at the address; undefined where it leads to none. */
export function useCurrentScreen(): AnyScreen | undefined {
  const path = useRouterState({ select: ({ matches }) => matches.at(-1)?.fullPath as string | undefined });
  return screens.find((screen) => screen.path === path);
}
