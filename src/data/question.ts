import type { Question } from './useAnswer.ts';

/** The cache takes `undefined` for "no answer yet", so "the file has none" is null. */
type Known<T> = undefined extends T ? Exclude<T, undefined> | null : T;
export type Answer<F extends (...args: never[]) => Promise<unknown>> = Question<
  Known<Awaited<ReturnType<F>>>
>;

export const orNull = async <T>(answer: Promise<T | undefined>): Promise<T | null> => (await answer) ?? null;
