/**
 * `npm test`: every check, the quick ones first and side by side, up to the first that fails.
 * `npm test -- changed`: of the tests only those that a change can touch.
 */
import { mkdir, readFile, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

import { z } from 'zod';

import { cacheFolder, repositoryFolder } from './paths.ts';
import { durationLine, isFarOverBudget, isOverBudget, type Duration } from './test/budget.ts';
import { runStep } from './test/runStep.ts';
import { runSchedule } from './test/schedule.ts';
import { browserReport, steps as allSteps, stepsOf, unitReport, type Step } from './test/steps.ts';
import { addTallies, summary, type Tally } from './test/tally.ts';
import { changesOf } from './test/touched.ts';

const budgets = z
  .object({ testSeconds: z.record(z.string(), z.number().positive()) })
  .parse(JSON.parse(await readFile(join(repositoryFolder, '.ci', 'budgets.json'), 'utf8'))).testSeconds;

const steps = process.argv[2] === 'changed' ? await stepsOf(await changesOf(repositoryFolder)) : allSteps;

await mkdir(cacheFolder, { recursive: true });
await Promise.all([unitReport, browserReport].map((path) => rm(path, { force: true })));

const durations: Duration[] = [];
const tallies: Tally[] = [];
/** What failed steps said comes last, where it is looked for. */
const complaints: string[] = [];

async function check(step: Step): Promise<boolean> {
  const heading = `\n[${steps.indexOf(step) + 1}/${steps.length}] ${step.title}`;
  if (step.takesAllCores) console.log(heading);
  const { succeeded, seconds, output } = await runStep(step);
  const duration = { title: step.title, seconds, budgetSeconds: budgets[step.title] };
  durations.push(duration);
  const ended = succeeded && !isFarOverBudget(duration);
  const report = [...(step.takesAllCores ? [] : [heading]), ...(output === '' ? [] : [output])];
  const lines = [...report, durationLine(duration)].join('\n');
  if (ended) console.log(lines);
  else complaints.push(lines);
  if (step.tally !== undefined) tallies.push(await step.tally());
  return ended;
}

const startedAtMs = performance.now();
const failed = await runSchedule(steps, Math.max(2, availableParallelism()), check);
for (const complaint of complaints) console.log(complaint);

console.log('\nSeconds of each step');
for (const duration of durations) console.log(`  ${durationLine(duration)}`);
const allSeconds = (performance.now() - startedAtMs) / 1000;
console.log(`  ${durationLine({ title: 'all', seconds: allSeconds, budgetSeconds: budgets.all })}`);
const over = durations.filter(isOverBudget).map(({ title }) => title);
if (over.length > 0) console.log(`\nWARNING: slower than .ci/budgets.json allows: ${over.join(', ')}`);
for (const { title, script } of failed) console.log(`\nFailed: ${title} (npm run ${script})`);
console.log(summary(addTallies(tallies), failed.length === 0));
process.exitCode = failed.length === 0 ? 0 : 1;
