/** Puts our reader of remote files under the library (docs/decisions/0018-reading-from-hosts.md). */
import { askRangeWith, RangeReader, type AskRange, remoteRequests } from './remoteRequests.ts';
import { isOurs, type RemoteReadFailed, type RemoteReading } from './protocol.ts';

const Native = globalThis.XMLHttpRequest;
const askRange = askRangeWith(Native);
const readers = new Map<string, RangeReader>();

globalThis.XMLHttpRequest = remoteRequests(Native, readers, (name, fault) => {
  postMessage({ iterscope: 'remote read failed', name, fault } satisfies RemoteReadFailed);
});

/** Asks for ranges of one file, and lets the page know how long it has to wait for each. */
function askAloud(name: string): AskRange {
  const tell = (range: string | undefined): void =>
    postMessage({ iterscope: 'remote reading', name, range } satisfies RemoteReading);
  return (url, range, limitMs) => {
    tell(range);
    const answer = askRange(url, range, limitMs);
    tell(undefined);
    return answer;
  };
}

addEventListener('message', (event: MessageEvent<unknown>) => {
  if (!isOurs(event.data) || event.data.iterscope !== 'remote file') return;
  event.stopImmediatePropagation();
  const { name, file } = event.data;
  readers.set(name, new RangeReader(file, askAloud(name)));
});
