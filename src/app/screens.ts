import { fileFields } from '../url/fields.ts';
import type { AnyScreen } from '../views/shared/screen.ts';
import { compareScreen } from '../views/compare/screen.ts';
import { deskScreen, experimentDeskScreen } from '../views/desk/screen.ts';
import { experimentScreen } from '../views/experiment/screen.ts';
import { experimentsScreen } from '../views/experiments/screen.ts';
import { healthScreen } from '../views/health/screen.ts';
import { iterationScreen } from '../views/iteration/screen.ts';
import { openScreen } from '../views/open/screen.ts';
import { paperScreen } from '../views/paper/screen.ts';
import { policiesScreen } from '../views/policies/screen.ts';
import { proposalsScreen } from '../views/proposals/screen.ts';
import { runScreen } from '../views/run/screen.ts';
import { sqlScreen } from '../views/sql/screen.ts';

/** Every screen of the app, in the order of the list of keys and of the bar at the top. */
export const screens: readonly AnyScreen[] = [
  openScreen,
  experimentsScreen,
  proposalsScreen,
  experimentScreen,
  experimentDeskScreen,
  iterationScreen,
  deskScreen,
  compareScreen,
  policiesScreen,
  runScreen,
  sqlScreen,
  healthScreen,
  paperScreen,
];

/** Every field that some screen understands. */
export const searchFields: ReadonlySet<string> = new Set(
  [fileFields, ...screens.map(({ fields }) => fields)].flatMap((fields) => Object.keys(fields)),
);
