/** Puts our reader of remote files under the library (docs/decisions/0018-reading-from-hosts.md). */
import { askRangeWith } from '../remote/askRange.ts';
import { RangeReader } from '../remote/rangeReader.ts';
import { remoteRequests } from '../remote/remoteRequests.ts';
import { isOurs, type RemoteReadFailed } from './protocol.ts';

const Native = globalThis.XMLHttpRequest;
const askRange = askRangeWith(Native);
const readers = new Map<string, RangeReader>();

globalThis.XMLHttpRequest = remoteRequests(Native, readers, (name, fault) => {
  postMessage({ iterscope: 'remote read failed', name, fault } satisfies RemoteReadFailed);
});

addEventListener('message', (event: MessageEvent<unknown>) => {
  if (!isOurs(event.data) || event.data.iterscope !== 'remote file') return;
  event.stopImmediatePropagation();
  readers.set(event.data.name, new RangeReader(event.data.file, askRange));
});
