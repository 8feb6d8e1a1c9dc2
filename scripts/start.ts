/** `npm start [-- results/]`: builds when needed, serves the app and the files on this machine, opens a browser. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { ensureBuild } from './build.ts';
import { openInBrowser } from './openInBrowser.ts';
import { distFolder, repositoryFolder, samplesFolder } from './paths.ts';
import { ensureSamples } from './sample.ts';
import { readDatabaseArguments } from './serve/databaseArguments.ts';
import { copiesIn, withReadableCopies } from './serve/readableCopies.ts';
import { startServer, usualPorts } from './serve/server.ts';
import { shareFiles, type Given } from './serve/sharedFiles.ts';
import { startAddress } from './serve/startAddress.ts';

const usage = `npm start [-- [--no-open] [--port N] [database or folder ...]]

  A folder stands for all databases in it and below it; the page says when one appears, changes or goes.

  --no-open   print the address, open no browser
  --port N    serve on this port only (else 4173 or the next free one)`;

interface Command {
  readonly open: boolean;
  readonly ports: readonly number[];
  readonly given: Given;
}

function fail(lines: readonly string[]): never {
  for (const line of lines) console.error(line);
  process.exit(1);
}

async function readCommand(): Promise<Command> {
  const { values, positionals } = parse();
  if (values.help === true) {
    console.log(usage);
    process.exit(0);
  }
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535)) {
    fail([`${values.port ?? ''} is no port.`, usage]);
  }
  // npm runs in the checkout; names are meant from where the person typed them.
  const given = await readDatabaseArguments(positionals, process.env.INIT_CWD ?? process.cwd());
  if (!given.ok) fail(given.error);
  return {
    open: values['no-open'] !== true,
    ports: port === undefined ? usualPorts : [port],
    given: given.value,
  };
}

function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        'no-open': { type: 'boolean' },
        port: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (cause) {
    return fail([cause instanceof Error ? cause.message : String(cause), usage]);
  }
}

/** What the app needs on disk before it is served, each made only when it is missing or old. */
async function prepare(): Promise<void> {
  await ensureSamples(samplesFolder, (line) => console.log(line));
  await ensureBuild(repositoryFolder, distFolder);
}

async function serve({ open, ports, given }: Command): Promise<void> {
  const temporary = mkdtempSync(join(tmpdir(), 'iterscope-'));
  const ending = new AbortController();
  process.on('exit', () => {
    ending.abort();
    rmSync(temporary, { recursive: true, force: true });
  });
  let end = (): void => process.exit(0);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end());

  const making = {
    folder: temporary,
    machine: process.env,
    say: (line: string) => console.log(line),
    signal: ending.signal,
  };
  const readable = await withReadableCopies(given.files, making);
  const shared = await shareFiles(readable, given.folders, await copiesIn(given.folders, making));
  const server = await startServer({ root: distFolder, files: shared, ports });
  end = () => void server.close().then(() => process.exit(0));

  const address = startAddress(server.origin, shared.addresses, shared.folders);
  console.log(`Iterscope: ${address}`);
  for (const file of given.files) console.log(`  reads ${file.path}`);
  for (const folder of given.folders) console.log(`  reads and follows ${folder}`);
  console.log('Only this machine can reach it. Ctrl-C ends it.');
  if (open) openInBrowser(address, process);
}

const command = await readCommand();
try {
  await prepare();
  await serve(command);
} catch (cause) {
  fail([cause instanceof Error ? cause.message : String(cause)]);
}
