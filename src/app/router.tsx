import {
  createHashHistory,
  createLazyRoute,
  createRootRoute,
  createRoute,
  createRouter,
  useParams,
} from '@tanstack/react-router';
import { decoded } from '../lib/address.ts';
import type { Fields } from '../url/fields.ts';
import { credentialsNote, formatSearch, parseSearch, readQuery, type RawSearch } from '../url/search.ts';
import type { AnyScreen } from '../views/shared/screen.ts';
import { linkNotes, screenOnShow } from './linkNotes.ts';
import { screens } from './screens.ts';
import { Shell } from './shell/Shell.tsx';
import { useBusyWhileShown } from '../data/SessionContext.tsx';
import { ProgressBar } from '../ui/ProgressBar.tsx';
import { Alert } from '../ui/Notice.tsx';
import { LinkButton } from '../ui/Button.tsx';
import { hrefTo } from '../url/addresses.ts';
import { useAddress, useTitle } from '../views/shared/useAddress.ts';
import type { ComponentType, FunctionComponent } from 'react';

function NotAnAddress() {
  const { path, search } = useAddress();
  const isReadable = decoded(path) !== undefined;
  const title = isReadable ? 'Page not found' : 'This address cannot be read';
  useTitle(title);
  return (
    <Alert
      code="not-found"
      inPlaceOfScreen
      title={title}
      what={
        isReadable
          ? 'The link may be mistyped, or made by a newer Iterscope.'
          : `In “${path.slice(0, 200)}” a percent sign begins no character. The link was probably cut or changed on its way; copy it again, whole.`
      }
      actions={<LinkButton href={hrefTo('/experiments', search)}>All experiments</LinkButton>}
    />
  );
}

/** What the screen understands of an address; the rest is noted and leaves the address. */
function understand(fields: Fields): (raw: RawSearch) => RawSearch {
  return (raw) => {
    const { search, problems } = parseSearch(fields, raw);
    linkNotes.add(problems.filter((problem) => problem === credentialsNote));
    linkNotes.add(problems, screenOnShow());
    return search;
  };
}

const root = createRootRoute({
  validateSearch: understand({}),
  component: Shell,
  notFoundComponent: NotAnAddress,
});

function routeOf(screen: AnyScreen) {
  const route = createRoute({
    getParentRoute: () => root,
    path: screen.path,
    validateSearch: understand(screen.fields),
  });
  return route.lazy(async () => createLazyRoute(screen.path)({ component: await screenComponent(screen) }));
}

/**
 * A route of its own rather than the router's "not found", so that a change of search keeps the address. No route at all
 * matches an address with a bad `%`: for that there is the root's.
 */
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

/** In the place of a screen until its script is there. */
function ScreenLoading() {
  useBusyWhileShown();
  return <ProgressBar doing="Loading this screen" />;
}

/** In the place of a screen that threw while it was drawn, or whose script could not be fetched; the bar stays. */
function ScreenFailed({ error }: { error: unknown }) {
  const { search } = useAddress();
  return (
    <Alert
      code="screen-failed"
      inPlaceOfScreen
      title="This screen could not be shown"
      what="The fault is in Iterscope or on the way from its server, not in your files. They stay open."
      why={error instanceof Error ? error.message : String(error)}
      wayOut="Reload the page to try again, or go back to the list."
      actions={<LinkButton href={hrefTo('/experiments', search)}>All experiments</LinkButton>}
    />
  );
}

type Params = Readonly<Record<string, string>>;

/** Fetches a screen. What is drawn takes the names of the path as its properties. Rejects when its script cannot be had. */
async function screenComponent(screen: AnyScreen): Promise<FunctionComponent> {
  // The router fills the names of this very path.
  const View = (await screen.load()) as ComponentType<Params>;
  const named: { title(params: Params): string } = screen;
  return function ScreenAtAddress() {
    const params: Params = useParams({ strict: false });
    return (
      <>
        {/* Before the view, which may know a better one. */}
        <Title text={named.title(params)} />
        <View {...params} />
      </>
    );
  };
}

function Title({ text }: { text: string }) {
  useTitle(text);
  return null;
}
