/** What the schedule needs to know of a step. */
export interface Scheduled {
  readonly title: string;
  readonly takesAllCores?: boolean;
  readonly after?: readonly string[];
}

/**
 * Runs steps in their order, `lanes` at a time, one that takes all cores alone, none before those it comes after.
 * When one has failed, what runs ends and no further one starts. Resolves with the steps that failed, in order.
 */
export async function runSchedule<S extends Scheduled>(
  steps: readonly S[],
  lanes: number,
  run: (step: S) => Promise<boolean>,
): Promise<readonly S[]> {
  const waiting = [...steps];
  const succeeded = new Set<string>();
  const failed = new Set<S>();
  const running = new Map<S, Promise<void>>();

  const mayStart = (step: S): boolean =>
    (step.after ?? []).every((title) => succeeded.has(title)) &&
    (step.takesAllCores === true ? running.size === 0 : running.size < lanes) &&
    ![...running.keys()].some((other) => other.takesAllCores);

  const start = (step: S): void => {
    const ended = run(step).then((ok) => {
      running.delete(step);
      if (ok) succeeded.add(step.title);
      else failed.add(step);
    });
    running.set(step, ended);
  };

  while (waiting.length > 0 || running.size > 0) {
    let next = failed.size > 0 ? undefined : waiting.find(mayStart);
    while (next !== undefined) {
      waiting.splice(waiting.indexOf(next), 1);
      start(next);
      next = waiting.find(mayStart);
    }
    if (running.size === 0) break;
    await Promise.race(running.values());
  }
  return steps.filter((step) => failed.has(step));
}
