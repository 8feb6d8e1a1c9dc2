import type { Engine } from '../engine/engine.ts';
import type { FileId } from '../lib/ids.ts';
import type { ExperimentScope, RunScope } from './scope.ts';

/** What a query is about, and the parameters that say which. */
interface ScopeParams {
  readonly 'all files': { readonly fileIds: readonly FileId[] };
  readonly 'one file': { readonly fileId: FileId };
  readonly experiment: ExperimentScope;
  readonly run: RunScope;
}

/** Parameters that their JSON text tells apart: texts, numbers, flags, and lists and records of them. */
type Plain<T> = T extends string | number | boolean | undefined
  ? T
  : T extends bigint | symbol | null | ((...args: never[]) => unknown) | ReadonlyMap<unknown, unknown>
    ? never
    : { readonly [K in keyof T]: Plain<T[K]> };

/** Name, files and parameters: two questions with the same key have the same answer. */
type QueryKey = readonly [name: string, files: readonly FileId[], params: object];

/** How much of the answers to a query is kept at most when nobody looks at them. */
export interface Budget<T> {
  readonly weightOf: (answer: T) => number;
  /** Of all kept answers together. One that weighs more is not kept. */
  readonly most: number;
}

/** A query with its parameters. */
export interface Question<T> {
  readonly key: QueryKey;
  readonly answer: (engine: QueryEngine, signal?: AbortSignal) => Promise<T>;
  readonly budget?: Budget<T> | undefined;
  /** False: only an answer that is already there is shown. */
  readonly enabled?: boolean;
}

/** Tables that queries make in the engine's own memory and find there again. */
export interface MadeTables<P, T> {
  readonly name: string;
  /** So many are kept, those asked for last. */
  readonly most: number;
  /** `number` is the engine's own for these tables. Never cancelled: several queries may wait for the same. */
  readonly make: (engine: Engine, params: P, number: number) => Promise<T>;
  readonly drop: (engine: Engine, number: number) => Promise<void>;
}

/** The engine as a query gets it: statements bear the query's name, and what others found is at hand. */
export interface QueryEngine extends Engine {
  /** The answer to another question, kept or found now. */
  ask<T>(question: Question<T>, signal?: AbortSignal): Promise<T>;
  /** The answer to another question where it is kept. */
  known<T>(question: Question<T>): T | undefined;
  made<P extends object, T>(tables: MadeTables<P, T>, params: P): Promise<T>;
}

/** The cache takes `undefined` for "no answer yet", so "the file has none" is null. */
type Known<T> = undefined extends T ? Exclude<T, undefined> | null : T;

export interface Query<P, T> {
  /** The question with these parameters. All of them are its key, and `run` gets nothing else. */
  readonly about: (params: P) => Question<Known<T>>;
  readonly run: (engine: QueryEngine, params: P, signal?: AbortSignal) => Promise<T>;
}

/** Parameters that a key cannot tell apart, as a Map or a bigint. */
interface NotPlain {
  readonly 'these parameters cannot be a key': never;
}

interface Definition<S extends keyof ScopeParams, P, T> {
  /** Unique among all queries. */
  readonly name: string;
  readonly scope: S;
  readonly run: (engine: QueryEngine, params: P, signal?: AbortSignal) => Promise<T>;
}

/** Defines a question that can be asked of the open files; `budget` bounds answers that other queries build on. */
export function defineQuery<S extends keyof ScopeParams, P extends ScopeParams[S], T>(
  definition: Definition<S, P, T> & (P extends Plain<P> ? unknown : NotPlain),
  budget?: Budget<NoInfer<Known<T>>>,
): Query<P, T> {
  const { name, run } = definition;
  return {
    run,
    about: (params) => ({
      key: [name, filesOf(params), params],
      answer: async (engine, signal) => ((await run(engine, params, signal)) ?? null) as Known<T>,
      budget,
    }),
  };
}

const filesOf = (params: ScopeParams[keyof ScopeParams]): readonly FileId[] =>
  'fileIds' in params ? params.fileIds : [params.fileId];
