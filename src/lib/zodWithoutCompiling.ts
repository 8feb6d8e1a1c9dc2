/**
 * Imported first, by the page and by the checking worker: a zod object schema tries to compile text as soon as it is
 * made. Our own policy forbids that (`script-src` without 'unsafe-eval'), and the browser would report the attempt.
 */
import { config } from 'zod';

config({ jitless: true });
