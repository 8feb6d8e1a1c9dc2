/** `npm run size`: is the build within its budget, and does its page stay on its own host? */
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';

import { z } from 'zod';

import { distFolder, repositoryFolder } from './paths.ts';
import { engineProblem, foreignAddresses } from './size/checkPage.ts';
import { staticFiles, viteManifest } from './size/staticScripts.ts';

const budgets = z
  .object({ javascriptBeforeEngineGzipBytes: z.number().int().positive() })
  .parse(JSON.parse(await readFile(join(repositoryFolder, '.ci', 'budgets.json'), 'utf8')));
const manifest = viteManifest.parse(
  JSON.parse(await readFile(join(distFolder, '.vite', 'manifest.json'), 'utf8')),
);

const measured = await Promise.all(
  staticFiles(manifest).map(async (file) => {
    const content = await readFile(join(distFolder, file));
    return { file, bytes: content.length, gzipBytes: gzipSync(content, { level: 9 }).length };
  }),
);
const row = (bytes: string, gzipBytes: string, name: string): string =>
  `${bytes.padStart(12)}${gzipBytes.padStart(12)}  ${name}`;
console.log(row('bytes', 'gzip', 'loaded before anything is asked for'));
for (const { file, bytes, gzipBytes } of measured) console.log(row(`${bytes}`, `${gzipBytes}`, file));

const scripts = measured.filter(({ file }) => file.endsWith('.js'));
const scriptBytes = scripts.reduce((sum, { bytes }) => sum + bytes, 0);
const scriptGzipBytes = scripts.reduce((sum, { gzipBytes }) => sum + gzipBytes, 0);
const budgetBytes = budgets.javascriptBeforeEngineGzipBytes;
console.log(row(`${scriptBytes}`, `${scriptGzipBytes}`, `JavaScript in all, budget ${budgetBytes} gzip`));

const entries = await readdir(distFolder, { recursive: true, withFileTypes: true });
const files = entries
  .filter((entry) => entry.isFile())
  .map((entry) => relative(distFolder, join(entry.parentPath, entry.name)).split(sep).join('/'));
const engine = engineProblem(files);
const problems = [
  ...(scriptGzipBytes > budgetBytes
    ? [`JavaScript is ${scriptGzipBytes - budgetBytes} bytes over its budget`]
    : []),
  ...foreignAddresses(await readFile(join(distFolder, 'index.html'), 'utf8')).map(
    (address) => `index.html leads to another host: ${address}`,
  ),
  ...(engine === undefined ? [] : [engine]),
];
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
