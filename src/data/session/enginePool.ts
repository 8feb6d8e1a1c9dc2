import type { BrowserEngine } from '../../engine/wasm/browserEngine.ts';
import type { BootProgress } from '../../engine/wasm/compiledEngine.ts';
import { EngineFileError, isCollateral } from '../../engine/errors.ts';
import { untilAborted } from '../../lib/untilAborted.ts';

/** How often an engine that goes while it starts is started again. */
const bootLimit = 4;

/** Starts an engine, hardened and empty. */
export type BootEngine = (onProgress: (progress: BootProgress) => void) => Promise<BrowserEngine>;

/** An engine that takes longer is not worth waiting for where one stands already. */
const soonMs = 500;

/** Between the two rehearsals of an engine. */
const restMs = 1000;

/** Boots an engine when one is expected to be needed, and hands it out. */
export class EnginePool {
  #waiting: Promise<BrowserEngine> | undefined;
  /** Engines start slowly in this browser, as far as this page has seen. */
  #isSlow = false;
  /** Settled when the engine that waits is at rest. */
  #rehearsal: Promise<void> = Promise.resolve();
  #takers = 0;
  readonly #onProgress: (progress: BootProgress) => void;
  readonly #boot: BootEngine;

  constructor(onProgress: (progress: BootProgress) => void, bootEngine: BootEngine = boot) {
    this.#onProgress = onProgress;
    this.#boot = bootEngine;
  }

  /** Starts booting an engine unless one waits already. */
  warm(): Promise<BrowserEngine> {
    if (this.#waiting === undefined) {
      const booting = this.#bootPatiently();
      this.#waiting = booting;
      booting.catch(() => {
        if (this.#waiting === booting) this.#waiting = undefined;
      });
    }
    return this.#waiting;
  }

  async #bootPatiently(): Promise<BrowserEngine> {
    for (let losses = 0; ; losses++) {
      try {
        return await this.#boot(this.#onProgress);
      } catch (failure) {
        // A worker that goes while it starts says nothing about the next one.
        if (!isCollateral(failure) || losses >= bootLimit) throw failure;
      }
    }
  }

  /**
   * The browser's engine gets into its stride while it waits for the first file: briefly at once (a link or the sample that
   * waits for an engine takes it before the first step), and whole after a rest. What is used often the browser compiles
   * once more, beside the page, for as long again: whoever picks a file at once would have to share the processor with that.
   */
  async rehearseSoon(): Promise<void> {
    if (this.#boot !== boot) return;
    const loaded = await import('./rehearse.ts').catch(() => undefined);
    if (loaded === undefined) return;
    const { rehearse } = loaded;
    this.rehearse((engine, isWanted) => rehearse(engine, isWanted, true));
    await this.#rehearsal;
    await pause(restMs);
    this.rehearse(rehearse);
  }

  /**
   * Has the engine that waits go through `work` meanwhile. Whoever takes it waits for the step that it is at; what goes
   * wrong is left to be found again by those who need it.
   */
  rehearse(work: (engine: BrowserEngine, isWanted: () => boolean) => Promise<void>): void {
    const waiting = this.#waiting;
    if (waiting === undefined) return;
    const isWanted = (): boolean => this.#takers > 0 || this.#waiting !== waiting;
    this.#rehearsal = waiting.then((engine) => work(engine, isWanted)).catch(() => undefined);
  }

  /** The engine at rest. */
  async #atRest(booting: Promise<BrowserEngine>): Promise<BrowserEngine> {
    this.#takers += 1;
    try {
      const engine = await booting;
      await this.#rehearsal;
      return engine;
    } finally {
      this.#takers -= 1;
    }
  }

  /** Hands the waiting engine out, or a new one; the caller owns it. Who gives up waiting for its boot leaves it for the next. */
  async take(signal: AbortSignal): Promise<BrowserEngine> {
    for (;;) {
      const booting = this.warm();
      const engine = await untilAborted(this.#atRest(booting), signal);
      if (this.#handOut(booting)) return engine;
    }
  }

  /**
   * As `take`, but undefined where engines start slowly: whoever has an engine already goes on with that one. The one
   * that boots is kept for whoever has none.
   */
  async takeSoon(signal: AbortSignal): Promise<BrowserEngine | undefined> {
    for (;;) {
      const booting = this.warm();
      const soon = this.#atRest(booting).catch(() => undefined);
      if (this.#isSlow) return undefined;
      const engine = await untilAborted(Promise.race([soon, pause(soonMs)]), signal);
      if (engine === undefined) {
        this.#isSlow = true;
        return undefined;
      }
      if (this.#handOut(booting)) return engine;
    }
  }

  /** Whether the engine is still to be had: of several that waited for it the first gets it. */
  #handOut(booting: Promise<BrowserEngine>): boolean {
    if (this.#waiting !== booting) return false;
    this.#waiting = undefined;
    return true;
  }
}

const pause = (ms: number): Promise<undefined> =>
  new Promise((resolve) => setTimeout(() => resolve(undefined), ms));

/** The engine's own script is large: it comes beside the first paint, not before it. */
async function boot(onProgress: (progress: BootProgress) => void): Promise<BrowserEngine> {
  const { bootBrowserEngine } = await engineScript(import('../../engine/wasm/browserEngine.ts'));
  return bootBrowserEngine(onProgress);
}

/** A script that opening needs and the first paint does not; where it cannot be fetched, that is said. */
export function engineScript<T>(script: Promise<T>): Promise<T> {
  return script.catch((cause: unknown) => {
    throw new EngineFileError('unreachable', document.baseURI, messageOf(cause), cause);
  });
}

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
