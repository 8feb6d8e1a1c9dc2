/** The process that gets killed. Says where it is, one line for each stored iteration. */
import { runPlan } from './plan.ts';

const [, , path] = process.argv;
if (path === undefined) throw new Error('the path of a database is expected');
process.stdout.write('started\n');
await runPlan(path, (iteration) => process.stdout.write(`stored ${iteration}\n`));
process.stdout.write('done\n');
