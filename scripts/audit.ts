/** `npm run audit`: known advisories of what ships. Exit status 1 where there is one, 2 where the registry tells none. */
import { z } from 'zod';

import { repositoryFolder } from './paths.ts';
import { run } from './run.ts';

const answer = z.object({
  auditReportVersion: z.number(),
  vulnerabilities: z.record(z.string(), z.object({ severity: z.string(), range: z.string() })),
});
const refusal = z.object({ message: z.string() });

const { stdout, complaint } = await run('npm', ['audit', '--omit=dev', '--json'], { cwd: repositoryFolder });
const told = jsonOf(stdout);
const parsed = answer.safeParse(told);
if (!parsed.success) {
  const why = refusal.safeParse(told).data?.message ?? complaint;
  console.error(`The registry answers no audits, so nothing is known of advisories. npm says: ${why}`);
  process.exitCode = 2;
} else {
  const found = Object.entries(parsed.data.vulnerabilities);
  for (const [name, { severity, range }] of found) console.log(`${severity}: ${name} ${range}`);
  console.log(`${found.length} advisories about what ships`);
  process.exitCode = found.length === 0 ? 0 : 1;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
