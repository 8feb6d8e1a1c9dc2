import type { BootProgress, BrowserEngine } from '../../engine/wasm/browserEngine.ts';

/**
 * Keeps one engine booted in reserve. A set of files needs an engine of its own, since an engine is locked
 * after attaching; with a reserve the second file opens as fast as the first.
 */
export class EnginePool {
  #reserve: Promise<BrowserEngine> | undefined;
  readonly #onProgress: (progress: BootProgress) => void;

  constructor(onProgress: (progress: BootProgress) => void) {
    this.#onProgress = onProgress;
  }

  /** Starts booting the reserve unless there is one. */
  warm(): Promise<BrowserEngine> {
    if (this.#reserve === undefined) {
      const booting = boot(this.#onProgress);
      this.#reserve = booting;
      booting.catch(() => {
        if (this.#reserve === booting) this.#reserve = undefined;
      });
    }
    return this.#reserve;
  }

  /** Hands the reserve out; the caller owns it. A boot that failed is not kept. */
  async take(): Promise<BrowserEngine> {
    const engine = this.warm();
    this.#reserve = undefined;
    return engine;
  }
}

/** The engine's own script is large: it comes beside the first paint, not before it. */
async function boot(onProgress: (progress: BootProgress) => void): Promise<BrowserEngine> {
  const { bootBrowserEngine } = await import('../../engine/wasm/browserEngine.ts');
  return bootBrowserEngine(onProgress);
}
