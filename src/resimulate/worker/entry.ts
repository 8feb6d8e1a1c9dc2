/** The checking worker. Nothing else may import this folder: it brings the lab along. */
import '../../lib/zodWithoutCompiling.ts';

import type { Request } from '../protocol.ts';
import { createAnswerer } from './runCheck.ts';

const answer = createAnswerer();

addEventListener('message', (message: MessageEvent<Request>) => postMessage(answer(message.data)));
