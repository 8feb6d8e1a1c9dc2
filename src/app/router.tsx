import { createHashHistory, createRootRoute, createRoute, createRouter } from '@tanstack/react-router';

import type { Search } from '../url/fields.ts';
import { formatSearch, parseSearch } from '../url/search.ts';
import { ExperimentsView } from '../views/experiments/ExperimentsView.tsx';
import { OpenView } from '../views/open/OpenView.tsx';
import {
  LazyDesk,
  LazyExperiment,
  LazyExperimentDesk,
  LazyIteration,
  LazyPolicies,
  LazyRun,
} from './lazyViews.tsx';
import { linkNotes } from './linkNotes.ts';
import { NotAnAddress } from './NotAnAddress.tsx';
import { ScreenFailed } from './ScreenFailed.tsx';
import { Shell } from './shell/Shell.tsx';

const root = createRootRoute({
  validateSearch: (search): Search => search,
  component: Shell,
});

const open = createRoute({ getParentRoute: () => root, path: '/', component: OpenView });

const experiments = createRoute({
  getParentRoute: () => root,
  path: '/experiments',
  component: ExperimentsView,
});

const experiment = createRoute({
  getParentRoute: () => root,
  path: '/experiments/$experimentId',
  component: LazyExperiment,
});

const iteration = createRoute({
  getParentRoute: () => root,
  path: '/experiments/$experimentId/iterations/$iteration',
  component: LazyIteration,
});

const desk = createRoute({ getParentRoute: () => root, path: '/proposals', component: LazyDesk });

const experimentDesk = createRoute({
  getParentRoute: () => root,
  path: '/experiments/$experimentId/proposals',
  component: LazyExperimentDesk,
});

const policies = createRoute({
  getParentRoute: () => root,
  path: '/experiments/$experimentId/policies',
  component: LazyPolicies,
});

const run = createRoute({ getParentRoute: () => root, path: '/runs/$simulationId', component: LazyRun });

/** A route of its own rather than the router's "not found", so that a change of search keeps the address. */
const nowhere = createRoute({ getParentRoute: () => root, path: '$', component: NotAnAddress });

export function createAppRouter() {
  return createRouter({
    routeTree: root.addChildren([
      open,
      experiments,
      experiment,
      experimentDesk,
      iteration,
      desk,
      policies,
      run,
      nowhere,
    ]),
    history: createHashHistory(),
    parseSearch: (text) => {
      const { search, problems } = parseSearch(text);
      linkNotes.add(problems);
      return search;
    },
    stringifySearch: (search) => formatSearch(search as Search),
    defaultErrorComponent: ScreenFailed,
    scrollRestoration: true,
  });
}
