import './lib/zodWithoutCompiling.ts';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { App, createServices } from './app/App.tsx';
import { linkNotes } from './app/linkNotes.ts';
import { adoptOuterQuery, movedAddress, hideCredentials } from './url/givenAddress.ts';
import { credentialsNote } from './url/search.ts';
import { searchFields } from './app/screens.ts';
import { loadPreference } from './storage/preferences.ts';
import { allowSingleKeys } from './ui/useShortcuts.ts';

const adopted = adoptOuterQuery(location.href, searchFields);
if (adopted !== undefined) history.replaceState(null, '', adopted);

function hidePassword(): void {
  const bare = hideCredentials(location.href);
  if (bare === undefined) return;
  history.replaceState(history.state, '', bare);
  linkNotes.add([credentialsNote]);
}
hidePassword();
addEventListener('hashchange', hidePassword);

function followMoved(): void {
  const moved = movedAddress(location.href);
  if (moved !== undefined) history.replaceState(history.state, '', moved);
}
followMoved();
addEventListener('hashchange', followMoved);

allowSingleKeys(loadPreference('singleKeys', ['off']) === undefined);

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

createRoot(root).render(
  <StrictMode>
    <App services={createServices()} />
  </StrictMode>,
);
