import type { BrowserEngine } from '../../engine/wasm/browserEngine.ts';
import type { BootProgress } from '../../engine/wasm/compiledEngine.ts';
import { untilAborted } from '../../lib/untilAborted.ts';

/** Starts an engine, hardened and empty. */
export type BootEngine = (onProgress: (progress: BootProgress) => void) => Promise<BrowserEngine>;

/**
 * Keeps one engine booted in reserve. A set of files needs an engine of its own, since an engine is locked
 * after attaching; with a reserve the second file opens as fast as the first.
 */
export class EnginePool {
  #reserve: Promise<BrowserEngine> | undefined;
  readonly #onProgress: (progress: BootProgress) => void;
  readonly #boot: BootEngine;

  constructor(onProgress: (progress: BootProgress) => void, bootEngine: BootEngine = boot) {
    this.#onProgress = onProgress;
    this.#boot = bootEngine;
  }

  /** Starts booting the reserve unless there is one. */
  warm(): Promise<BrowserEngine> {
    if (this.#reserve === undefined) {
      const booting = this.#boot(this.#onProgress);
      this.#reserve = booting;
      booting.catch(() => {
        if (this.#reserve === booting) this.#reserve = undefined;
      });
    }
    return this.#reserve;
  }

  /** Hands the reserve out; the caller owns it. Who gives up waiting for its boot leaves it for the next. */
  async take(signal: AbortSignal): Promise<BrowserEngine> {
    const engine = await untilAborted(this.warm(), signal);
    this.#reserve = undefined;
    return engine;
  }
}

/** The engine's own script is large: it comes beside the first paint, not before it. */
async function boot(onProgress: (progress: BootProgress) => void): Promise<BrowserEngine> {
  const { bootBrowserEngine } = await import('../../engine/wasm/browserEngine.ts');
  return bootBrowserEngine(onProgress);
}
