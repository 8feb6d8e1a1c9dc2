/**
 * `npm run sample`: writes the databases that the app ships into `public/samples/`, the same rows every time.
 * With `--if-needed` only when one is missing or of another version.
 */
import { randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { openNativeEngine } from '../src/engine/node/nativeEngine.ts';
import { copyCompact } from '../src/lab/samples/compact.ts';
import { sampleFiles, samplesVersion, type SampleFile } from '../src/lab/samples/writeSample.ts';
import { sampleStart, writeSample } from '../src/lab/samples/writeSample.ts';
import { formatBytes } from '../src/lib/format.ts';
import { isJsonObject, parseJson } from '../src/lib/json.ts';
import { samplesFolder } from './paths.ts';

/** What is there, for the open screen and for `ensureSamples`. */
const indexName = 'index.json';

async function makeFile(file: SampleFile, target: string, say: (line: string) => void): Promise<void> {
  // Renamed at the end: a half-written sample never has its name. Under a name of its own, as another process may
  // make the same sample meanwhile, and beside the target, since a rename does not cross file systems.
  const unfinished = `${target}.${randomUUID()}.part`;
  const engine = await openNativeEngine();
  try {
    await writeSample(engine, file, (id) => say(`  ${id}`));
    await copyCompact(engine, unfinished, sampleStart);
    renameSync(unfinished, target);
  } finally {
    await engine.close();
    for (const path of [unfinished, `${unfinished}.wal`]) rmSync(path, { force: true });
  }
}

/** Removes unfinished files and their logs where a process was ended while it wrote; none writes for an hour. */
function removeAbandoned(folder: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (!/\.part(?:\.wal)?$/.test(name)) continue;
    const lastWritten = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (Date.now() - lastWritten > 3_600_000) rmSync(path, { force: true });
  }
}

/** Makes all samples anew. */
export async function makeSamples(folder = samplesFolder, say: (line: string) => void = () => undefined) {
  mkdirSync(folder, { recursive: true });
  removeAbandoned(folder);
  const index = [];
  for (const file of sampleFiles) {
    const target = join(folder, file.fileName);
    say(`${file.fileName}: ${file.title}`);
    await makeFile(file, target, say);
    const { size } = statSync(target);
    say(`  ${formatBytes(size)}`);
    index.push({ fileName: file.fileName, title: file.title, byteCount: size });
  }
  const indexFile = join(folder, indexName);
  const part = `${indexFile}.${randomUUID()}.part`;
  writeFileSync(part, `${JSON.stringify({ version: samplesVersion, files: index }, null, 2)}\n`);
  renameSync(part, indexFile);
}

function areCurrent(folder: string): boolean {
  const indexFile = join(folder, indexName);
  if (!existsSync(indexFile)) return false;
  const index = parseJson(readFileSync(indexFile, 'utf8'));
  if (!index.ok || !isJsonObject(index.value) || index.value.version !== samplesVersion) return false;
  return sampleFiles.every((file) => existsSync(join(folder, file.fileName)));
}

/** Makes the samples when one is missing or they are of another version; says whether it had to. */
export async function ensureSamples(
  folder = samplesFolder,
  say: (line: string) => void = () => undefined,
): Promise<boolean> {
  if (areCurrent(folder)) return false;
  await makeSamples(folder, say);
  return true;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const make = process.argv.includes('--if-needed') ? ensureSamples : makeSamples;
  await make(samplesFolder, (line) => console.log(line));
}
