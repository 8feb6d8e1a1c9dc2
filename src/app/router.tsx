import {
  createHashHistory,
  createLazyRoute,
  createRootRoute,
  createRoute,
  createRouter,
} from '@tanstack/react-router';

import type { Fields } from '../url/fields.ts';
import { formatSearch, parseSearch, readQuery, type RawSearch } from '../url/search.ts';
import type { AnyScreen } from '../views/shared/screen.ts';
import { linkNotes } from './linkNotes.ts';
import { NotAnAddress } from './NotAnAddress.tsx';
import { ScreenFailed } from './ScreenFailed.tsx';
import { ScreenLoading } from './ScreenLoading.tsx';
import { screenComponent } from './screenComponent.tsx';
import { screens } from './screens.ts';
import { Shell } from './shell/Shell.tsx';

/** What the screen understands of an address; the rest is noted and leaves the address. */
function understand(fields: Fields): (raw: RawSearch) => RawSearch {
  return (raw) => {
    const { search, problems } = parseSearch(fields, raw);
    linkNotes.add(problems);
    return search;
  };
}

const root = createRootRoute({ validateSearch: understand({}), component: Shell });

function routeOf(screen: AnyScreen) {
  const route = createRoute({
    getParentRoute: () => root,
    path: screen.path,
    validateSearch: understand(screen.fields),
  });
  return route.lazy(async () => createLazyRoute(screen.path)({ component: await screenComponent(screen) }));
}

/** A route of its own rather than the router's "not found", so that a change of search keeps the address. */
const nowhere = createRoute({ getParentRoute: () => root, path: '$', component: NotAnAddress });

export function createAppRouter() {
  return createRouter({
    routeTree: root.addChildren([...screens.map(routeOf), nowhere]),
    history: createHashHistory(),
    parseSearch: (text) => {
      const { raw, problem } = readQuery(text);
      if (problem !== undefined) linkNotes.add([problem]);
      return raw;
    },
    stringifySearch: formatSearch,
    search: { strict: true },
    defaultPendingComponent: ScreenLoading,
    defaultPendingMs: 0,
    defaultPendingMinMs: 0,
    defaultErrorComponent: ScreenFailed,
    scrollRestoration: true,
  });
}
