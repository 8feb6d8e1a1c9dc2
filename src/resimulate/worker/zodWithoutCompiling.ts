/** As `app/zodWithoutCompiling.ts`, for the worker: our own policy forbids to compile text. */
import { config } from 'zod';

config({ jitless: true });
