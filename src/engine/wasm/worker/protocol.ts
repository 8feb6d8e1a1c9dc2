import type { RemoteFault, RemoteFile } from '../../../source/remote/fault.ts';

/** What page and worker say to each other besides the library's own messages, which have no `iterscope`. */

/** From the worker: its script has arrived and runs; where the browser has locks it holds that of its name. */
export const workerReady = { iterscope: 'ready' } as const;

/** From the worker: the library's script did not arrive, or does not run. */
export interface WorkerFailed {
  readonly iterscope: 'failed';
  readonly message: string;
}

/** To the worker, before the library is told to start: the engine as the page has compiled it. */
export interface GivenModule {
  readonly iterscope: 'module';
  readonly module: WebAssembly.Module;
}

/** To the worker: the engine may read this file, under the address that `engineAddress` gives. */
export interface RemoteFileGiven {
  readonly iterscope: 'remote file';
  readonly name: string;
  readonly file: RemoteFile;
}

/** From the worker, before the engine's own error: a read of the file failed, and each later one will. */
export interface RemoteReadFailed {
  readonly iterscope: 'remote read failed';
  readonly name: string;
  readonly fault: RemoteFault;
}

/** From the worker: a host is being asked for this range (`bytes=0-99`) of the file; undefined when it has answered. */
export interface RemoteReading {
  readonly iterscope: 'remote reading';
  readonly name: string;
  readonly range: string | undefined;
}

/** To the worker: answer when you can. */
export interface AreYouThere {
  readonly iterscope: 'are you there';
}

/** From the worker: the engine has come back from what it was doing. */
export interface Alive {
  readonly iterscope: 'alive';
}

/** To the worker: hand over what was written, and forget it. */
export interface TakeFile {
  readonly iterscope: 'take file';
  readonly name: string;
}

/** From the worker: what was written under this name; undefined where nothing was. */
export interface FileWritten {
  readonly iterscope: 'file written';
  readonly name: string;
  readonly blob: Blob | undefined;
}

/** The address under which the library in the worker asks for its engine; nothing is fetched from it. */
export const givenModuleAddress = 'given:module';

type Ours =
  | typeof workerReady
  | WorkerFailed
  | GivenModule
  | RemoteFileGiven
  | RemoteReadFailed
  | RemoteReading
  | TakeFile
  | FileWritten
  | AreYouThere
  | Alive;

/** Whether a message is one of these, and none of the library's. */
export function isOurs(data: unknown): data is Ours {
  return typeof data === 'object' && data !== null && 'iterscope' in data;
}

/** No host has a name under `.invalid` (RFC 6761): what the engine asks for there goes nowhere but to our reader. */
const place = 'https://remote-file.invalid/';

/** The address that stands for a remote file inside the engine, so that the real one is in none of its messages. */
export function engineAddress(name: string): string {
  return place + encodeURIComponent(name);
}

export function nameAtAddress(address: string): string | undefined {
  return address.startsWith(place) ? decodeURIComponent(address.slice(place.length)) : undefined;
}
