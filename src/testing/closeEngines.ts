/** Set-up of every test file: the engines that it booted are free for the next one. */
import { afterAll } from 'vitest';

import { closeBlockingEngines } from '../engine/wasm/blockingEngine.ts';

afterAll(closeBlockingEngines);
