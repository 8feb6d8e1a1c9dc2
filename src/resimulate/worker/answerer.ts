import type { Reply, Request } from '../protocol.ts';
import { RunCheck } from './runCheck.ts';

/** Answers requests about one run after the other. */
export function createAnswerer(): (request: Request) => Reply {
  let current: RunCheck | undefined;
  const answer = (request: Request): Reply => {
    if (request.kind === 'begin') {
      const begun = RunCheck.begin(request.inputs);
      current = begun.ok ? begun.value : undefined;
      return begun.ok ? { kind: 'taken' } : { kind: 'hindered', hindrance: begun.error };
    }
    if (current === undefined) throw new Error(`${request.kind} before a run was begun`);
    switch (request.kind) {
      case 'rows':
        current.takeRows(request.table, request.rows);
        return { kind: 'taken' };
      case 'events':
        current.takeEvents(request.events);
        return { kind: 'taken' };
      case 'end': {
        const result = current.end();
        current = undefined;
        return { kind: 'result', result };
      }
    }
  };
  return (request) => {
    try {
      return answer(request);
    } catch (cause) {
      return { kind: 'failed', message: cause instanceof Error ? cause.message : String(cause) };
    }
  };
}
