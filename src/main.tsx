import './app/zodWithoutCompiling.ts';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { App } from './app/App.tsx';
import { createServices } from './app/services.ts';
import { adoptOuterQuery } from './url/adoptOuterQuery.ts';

const adopted = adoptOuterQuery(location.href);
if (adopted !== undefined) history.replaceState(null, '', adopted);

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

createRoot(root).render(
  <StrictMode>
    <App services={createServices()} />
  </StrictMode>,
);
