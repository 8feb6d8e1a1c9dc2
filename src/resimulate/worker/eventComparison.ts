import { canonicalJson, formatJson } from '../../lib/json.ts';
import type { StoredEvent } from '../../domain/replay/details.ts';
import type { EventText, Resimulation } from '../../domain/answers/resimulation.ts';

function sameness({ tick, eventType, agentId, txId, details }: StoredEvent): string {
  return canonicalJson([tick, eventType, agentId ?? null, txId ?? null, details]);
}

function toText({ tick, eventType, agentId, txId, details }: StoredEvent): EventText {
  return { tick, eventType, agentId, txId, details: formatJson(details) };
}

/** Holds stored events against simulated ones as both come, up to the first that differs. */
export class EventComparison {
  private readonly next: () => StoredEvent | undefined;
  private index = 0;
  private found: Exclude<Resimulation, { kind: 'identical' }> | undefined;

  constructor(next: () => StoredEvent | undefined) {
    this.next = next;
  }

  /** `text` is the same event as it is stored, to be shown. */
  see(stored: StoredEvent, text: EventText): void {
    if (this.found === undefined) this.compare(stored, text);
  }

  /** After the last stored event none must be left. */
  finish(): Resimulation {
    if (this.found === undefined) this.compare(undefined, undefined);
    return this.found ?? { kind: 'identical' };
  }

  private compare(stored: StoredEvent | undefined, text: EventText | undefined): void {
    const index = this.index;
    this.index += 1;
    let simulated: StoredEvent | undefined;
    try {
      simulated = this.next();
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      this.found = { kind: 'cannot', obstacle: 'stopped', detail: `before event ${index}: ${why}` };
      return;
    }
    if (stored === undefined && simulated === undefined) return;
    if (stored !== undefined && simulated !== undefined && sameness(stored) === sameness(simulated)) return;
    this.found = {
      kind: 'different',
      first: {
        index,
        tick: Math.min(stored?.tick ?? Infinity, simulated?.tick ?? Infinity),
        stored: text,
        simulated: simulated && toText(simulated),
      },
    };
  }
}
