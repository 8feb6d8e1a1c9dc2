/** `npm run db -- COMMAND FILE...`: what a database is, and how far it can be trusted, from the shell. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { healthJson, healthMarkdown, healthText, withoutControls } from '../src/domain/health/export.ts';
import type { HealthReport } from '../src/domain/health/report.ts';
import { appVersion } from '../src/lib/appVersion.ts';
import { schemaSql } from '../src/schema/ddl.ts';
import { tables } from '../src/schema/tables.ts';
import { schemaVersion } from '../src/schema/version.ts';
import { checkFile } from './db/check.ts';
import { extractFile } from './db/extract.ts';
import { answerSql, type SqlFormat } from './db/sql.ts';
import { createFile, describeFile, migrateFile, validateFile, type Told } from './db/manage.ts';
import { readFileArgument } from './serve/databaseArguments.ts';

const usage = `npm run db -- COMMAND [options] FILE...

  check        how far each file can be trusted: runs, verdicts, contradictions, unreadable cells, schema,
               and runs of Iterscope's lab simulated again
               (--json for machines, --markdown for people)
  info         what each file is and holds
  validate     every difference from the unified schema
  create       makes a new database of the unified schema
  migrate      brings a file to the newest version of the unified schema; a copy is kept until the result has validated
  sql          answers statements that read: npm run db -- sql FILE "SELECT ..." [--csv | --json | --parquet OUT]
               over the relations and tables of the app's SQL screen; a table unless told otherwise
  extract      writes experiments of a file into a new, smaller database of the unified schema, checked against the source:
               npm run db -- extract FILE --experiment ID ... --out FILE [--without-events] [--without-prompts]
               [--without-runs]; all experiments where none is named
  ddl          prints the statements that make the unified schema; takes no file

Exit status: 0 fine; 1 contradictions or violations found; 2 a file, or a cell of one, could not be read (or, of create
and migrate, not be written); 64 wrong use. Where several are, the first of 1, 2, 0. All but create and migrate open
files read-only; extract writes its --out alone.`;

/** npm runs in the checkout; names are meant from where the person typed them. */
const workingFolder = process.env.INIT_CWD ?? process.cwd();

/** What the shell is told. */
const status = { fine: 0, contradictions: 1, unreadable: 2, wrongUse: 64 } as const;

function wrongUse(why: string): number {
  console.error(`${why}\n\n${usage}`);
  return status.wrongUse;
}

async function check(names: readonly string[], format: 'text' | 'json' | 'markdown'): Promise<number> {
  const reports: HealthReport[] = [];
  let refused = 0;
  for (const name of names) {
    const found = await readFileArgument(name, workingFolder);
    const path = found.ok ? found.value : undefined;
    if (path === undefined) {
      refused += 1;
      if (!found.ok) console.error(`${found.error.join('\n')}\n`);
      continue;
    }
    const isShown = process.stderr.isTTY;
    const checked = await checkFile(path, (what, done, of) => {
      if (isShown) process.stderr.write(`\r${done} of ${of} ${what}${done === of ? '\n' : ''}`);
    });
    if (checked.ok) {
      reports.push(checked.value);
      if (format === 'text') console.log(`${healthText(checked.value)}\n`);
    } else {
      refused += 1;
      const { code, what, why, wayOut } = checked.error;
      console.error(`${code}: ${what} ${why} ${wayOut}\n`);
    }
  }
  const made = { appVersion, at: new Date().toISOString() };
  if (format === 'json') process.stdout.write(healthJson(reports, made));
  if (format === 'markdown') process.stdout.write(healthMarkdown(reports, made));
  const having = (outcome: HealthReport['outcome']) =>
    reports.some(({ sections }) => sections.some((section) => section.outcome === outcome));
  if (having('contradiction')) return status.contradictions;
  return refused > 0 || having('unreadable') ? status.unreadable : status.fine;
}

const commands: ReadonlyMap<string, (path: string) => Promise<Told>> = new Map([
  ['info', describeFile],
  ['validate', validateFile],
  ['create', createFile],
  ['migrate', migrateFile],
]);

/** Does one thing to each file; a failure of one stops none of the others. */
async function tellOf(
  names: readonly string[],
  tell: (path: string) => Promise<Told>,
  mustExist: boolean,
): Promise<number> {
  const outcomes = new Set<Told['outcome']>();
  for (const name of names) {
    const path = resolve(workingFolder, name);
    const found = mustExist ? await readFileArgument(name, workingFolder) : undefined;
    const told: Told =
      found?.ok === false
        ? { outcome: 'refused', lines: found.error }
        : await tell(path).catch((cause: unknown) => ({
            outcome: 'refused',
            lines: [`${name}: ${cause instanceof Error ? cause.message : String(cause)}`],
          }));
    outcomes.add(told.outcome);
    const print = told.outcome === 'refused' ? console.error : console.log;
    print(told.lines.map(withoutControls).join('\n'));
  }
  if (outcomes.has('violations')) return status.contradictions;
  return outcomes.has('refused') ? status.unreadable : status.fine;
}

/** One file and one text of statements. */
async function answer(
  names: readonly string[],
  format: SqlFormat,
  parquet: string | undefined,
): Promise<number> {
  const [name, text, ...more] = names;
  if (name === undefined || text === undefined || more.length > 0)
    return wrongUse('Name one file, and the statements as one text in quotes.');
  const found = await readFileArgument(name, workingFolder);
  const path = found.ok ? found.value : undefined;
  if (path === undefined) {
    if (!found.ok) console.error(found.error.join('\n'));
    return status.unreadable;
  }
  const out = parquet === undefined ? undefined : resolve(workingFolder, parquet);
  const answered = await answerSql(path, text, format, out);
  if (answered.outcome === 'answered') {
    process.stdout.write(answered.texts.join('\n'));
    return status.fine;
  }
  console.error(withoutControls(answered.words));
  return answered.outcome === 'wrong' ? status.wrongUse : status.unreadable;
}

function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        markdown: { type: 'boolean' },
        csv: { type: 'boolean' },
        parquet: { type: 'string' },
        experiment: { type: 'string', multiple: true },
        out: { type: 'string' },
        'without-events': { type: 'boolean' },
        'without-prompts': { type: 'boolean' },
        'without-runs': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
}

async function main(): Promise<number> {
  const parsed = parse();
  if (typeof parsed === 'string') return wrongUse(parsed);
  const { values, positionals } = parsed;
  const [command, ...names] = positionals;
  if (values.help === true) {
    console.log(usage);
    return status.fine;
  }
  if (command === 'ddl') {
    process.stdout.write(schemaSql(tables, schemaVersion));
    return status.fine;
  }
  if (command === 'sql') {
    const formats = [values.csv === true, values.json === true, values.parquet !== undefined];
    if (formats.filter(Boolean).length > 1) return wrongUse('One of --csv, --json and --parquet.');
    const [isCsv, isJson, isParquet] = formats;
    const format = isCsv ? 'csv' : isJson ? 'json' : isParquet ? 'parquet' : 'table';
    return answer(names, format, values.parquet);
  }
  if (command === 'extract') {
    const { out, experiment = [] } = values;
    const [name, ...more] = names;
    if (name === undefined || more.length > 0 || out === undefined)
      return wrongUse('Name one file, and with --out the database to be written.');
    const parts = {
      events: values['without-events'] !== true,
      prompts: values['without-prompts'] !== true,
      runs: values['without-runs'] !== true,
    };
    const isShown = process.stderr.isTTY;
    const step = (words: string, fraction: number): void => {
      if (isShown) process.stderr.write(`\r\u001b[K${words}, ${Math.floor(100 * fraction)} %`);
    };
    const written = resolve(workingFolder, out);
    return tellOf([name], (path) => extractFile(path, experiment, written, parts, step), true).finally(() => {
      if (isShown) process.stderr.write('\n');
    });
  }
  const tell = commands.get(command ?? '');
  if (command !== 'check' && tell === undefined)
    return wrongUse(command === undefined ? 'Say what to do.' : `There is no command ${command}.`);
  if (names.length === 0) return wrongUse('Name at least one file.');
  if (tell !== undefined) return tellOf(names, tell, command !== 'create');
  if (values.json === true && values.markdown === true) return wrongUse('Either --json or --markdown.');
  const format = values.json === true ? 'json' : values.markdown === true ? 'markdown' : 'text';
  return check(names, format);
}

process.exitCode = await main();
