import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';

import { SessionProvider } from '../data/SessionContext.tsx';
import '../ui/tokens.css';
import '../ui/base.css';
import type { Services } from './services.ts';

export function App({ services }: { services: Services }) {
  return (
    <QueryClientProvider client={services.queryClient}>
      <SessionProvider session={services.session}>
        <RouterProvider router={services.router} />
      </SessionProvider>
    </QueryClientProvider>
  );
}
