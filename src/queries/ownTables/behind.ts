/** The query behind what a screen shows, as a text for the reader's own SQL. */
import { relationColumns, type RelationName } from '../../catalog/relations.ts';
import { literal } from '../../lib/sql.ts';
import { relationSentence, ownTable, ownTables, type OwnTableName } from './tables.ts';

type Source = OwnTableName | RelationName;

/**
 * Where the answer to each query can be asked: tables of what the screens show, and relations of what is shown as it is
 * stored. The first is the one that holds most of it.
 */
const sources: Readonly<Record<string, readonly Source[]>> = {
  experimentList: ['experiments', 'costs'],
  listDetails: ['proposals', 'costs'],
  listDetailsCheap: ['evaluations', 'iteration_costs'],
  experimentDetail: ['costs', 'iteration_parameters', 'proposals', 'run_links'],
  experimentFacts: ['experiments'],
  iterationDetail: ['costs', 'iteration_parameters', 'proposals', 'samples', 'run_links'],
  deskQueue: ['proposals'],
  sampleSavings: ['samples'],
  proposedBefore: ['proposals'],
  proposerModels: ['experiment_events'],
  policyHistory: ['proposals', 'policy_parameters'],
  proposalDetail: ['proposals', 'samples', 'policy_parameters'],
  dayCosts: ['costs', 'run_links'],
  exchange: ['experiment_events'],
  runList: ['run_links', 'simulation_runs'],
  runSummary: ['simulation_runs', 'agent_ticks', 'payments'],
  runDays: ['stored_daily_agent_metrics', 'stored_agent_queue_snapshots', 'transactions'],
  runOutline: ['simulation_runs'],
  runSeries: ['agent_ticks'],
  tickState: ['agent_ticks', 'payments'],
  eventMatches: ['simulation_events'],
  eventPage: ['simulation_events'],
  paymentCount: ['payments'],
  paymentPage: ['payments'],
  paymentLife: ['payments', 'simulation_events'],
  consistencyChecks: ['moves', 'agent_ticks', 'payments'],
  runTwins: ['simulation_events'],
  evidenceOf: ['simulation_runs'],
  unreadable: ['unreadable_cells'],
  fileHealth: ['files', 'unreadable_cells'],
  contradictions: ['proposals', 'costs'],
};

/** Whether anything can be asked in place of a query. */
export const isAskable = (name: string): boolean => name in sources;

/** A query that is on screen, and what was asked for it. */
export interface ShownQuery {
  readonly name: string;
  readonly params: object;
  readonly statements: readonly string[];
  /** Statements that were not kept. */
  readonly more: number;
}

export interface ShownView {
  /** The window's title: of the screen, and what is on it. */
  readonly screen: string;
  /** The name of the figure or grid. */
  readonly view: string;
  readonly files: readonly { readonly fileId: string; readonly name: string }[];
  readonly queries: readonly ShownQuery[];
  /** The tables that hold what this view shows, where the queries on screen hold more. */
  readonly tables?: readonly Source[] | undefined;
}

/** More does not fit into a link. */
const mostCharacters = 12_000;
const mostStatements = 10;

/**
 * A text of statements: first what the view shows, from the tables that hold it, then what the screen itself asked of
 * the files. It can be run as it stands.
 */
export function queryBehind({ screen, view, files, queries, tables }: ShownView): string {
  const head = [`-- ${oneLine(screen)}: ${oneLine(view)}.`, ...files.map(fileLine)].join('\n');
  const own = distinct(
    queries.flatMap(({ name, params }) =>
      (sources[name] ?? [])
        .filter((source) => tables === undefined || tables.includes(source))
        .map((source) => fromSource(source, params, files)),
    ),
  );
  const chosen = own.length > 0 ? own : [fromSource('files', {}, [])];
  const blocks = chosen.map(
    ({ source, text }) => `-- ${comesFrom(source)} ${sentenceCase(rowOf(source))}.\n${text};`,
  );
  const asked = distinct(
    queries.flatMap(({ name, statements }) =>
      statements.map((statement) => ({ name, text: dedented(statement) })),
    ),
  );
  const made = asked.filter(({ text }) => text.includes(namesMade)).length;
  const open = asked.filter(({ text }) => !text.includes(namesMade) && reads.test(text));
  let room = mostCharacters - head.length - blocks.join('').length;
  let left = queries.reduce((sum, { more }) => sum + more, 0) + asked.length - made - open.length;
  for (const { name, text } of open) {
    const block = `-- What the screen asked of the files for it (${name}).\n${text};`;
    room -= block.length;
    if (room < 0 || blocks.length >= mostStatements) left += 1;
    else blocks.push(block);
  }
  const notes = [
    ...(made > 0
      ? [
          `-- ${counted(made)} read tables that the screen makes of the events of a run; what they hold is in agent_ticks, payments and moves.`,
        ]
      : []),
    ...(left > 0 ? [`-- ${counted(left)} of the screen left out: too long or too many for one text.`] : []),
  ];
  return [head, ...blocks, ...notes].join('\n\n');
}

const counted = (count: number): string => (count === 1 ? '1 statement' : `${count} statements`);
const oneLine = (words: string): string => words.replace(/\s+/g, ' ').trim();
const sentenceCase = (words: string): string => `One row is ${words}`;

const fileLine = ({ fileId, name }: ShownView['files'][number]): string =>
  `-- ${fileId} is ${oneLine(name)}, as long as it is open.`;

const isOwn = (source: Source): source is OwnTableName => source in ownTables;

const comesFrom = (source: Source): string =>
  isOwn(source) && source !== 'files'
    ? `The app works its numbers out of several records; ${source} holds what it shows.`
    : `${source} holds what is stored.`;

const rowOf = (source: Source): string =>
  isOwn(source) ? ownTable(source).oneRowIs : (relationSentence(source) ?? source);

const columnsOf = (source: Source): readonly string[] =>
  Object.keys(isOwn(source) ? ownTable(source).columns : relationColumns[source]);

/** Statements on tables in the memory of the engine that answers the screens: another engine has none of them. */
const namesMade = 'memory.main."';
const reads = /^\s*(?:select|with|from|pivot)\b/i;

/** Columns that take a parameter of a query. */
const columnOf: Readonly<Record<string, string>> = {
  fileId: 'file_id',
  experimentId: 'experiment_id',
  iteration: 'iteration',
  agentId: 'agent_id',
  simulationId: 'simulation_id',
  tick: 'tick',
  txId: 'tx_id',
};

/** Everything that one source holds within the parameters of a query. */
function fromSource(
  source: Source,
  params: object,
  files: ShownView['files'],
): { readonly source: Source; readonly text: string } {
  const columns = columnsOf(source);
  const valueOf = (name: string, value: string | number): string => {
    const file = name === 'fileId' ? files.find(({ fileId }) => fileId === value) : undefined;
    // Another reader of the text may have opened the files in another order.
    return file === undefined
      ? literal(value).text
      : `(SELECT file_id FROM files WHERE name = ${literal(file.name).text})`;
  };
  const conditions = Object.entries(params).flatMap(([name, value]: [string, unknown]) => {
    const column = columnOf[name];
    if (column === undefined || !columns.includes(column)) return [];
    return typeof value === 'string' || typeof value === 'number'
      ? [`${column} = ${valueOf(name, value)}`]
      : [];
  });
  const filter: unknown = 'filter' in params ? params.filter : undefined;
  if (typeof filter === 'object' && filter !== null) conditions.push(...ofFilter(filter, columns));
  const order = source === 'simulation_events' ? '\nORDER BY tick, event_timestamp, row_order' : '';
  const where = conditions.length === 0 ? '' : `\nWHERE ${conditions.join('\n  AND ')}`;
  return { source, text: `SELECT *\nFROM ${source}${where}${order}` };
}

/** What a filter of events or payments says by columns alone; the rest of it is not in the statement. */
function ofFilter(filter: object, columns: readonly string[]): readonly string[] {
  const { types, fromTick, toTick, agentId } = filter as Readonly<Record<string, unknown>>;
  const found: string[] = [];
  if (Array.isArray(types) && columns.includes('event_type'))
    found.push(`event_type IN (${types.map((type) => literal(String(type)).text).join(', ')})`);
  if (typeof fromTick === 'number' && columns.includes('tick')) found.push(`tick >= ${fromTick}`);
  if (typeof toTick === 'number' && columns.includes('tick')) found.push(`tick <= ${toTick}`);
  if (typeof agentId === 'string' && columns.includes('sender_id'))
    found.push(`${literal(agentId).text} IN (sender_id, receiver_id)`);
  return found;
}

function distinct<T extends { readonly text: string }>(given: readonly T[]): readonly T[] {
  return [...new Map(given.map((one) => [one.text, one])).values()];
}

/** Without the indentation that it has in the program. */
function dedented(text: string): string {
  const lines = text.trim().split('\n');
  const indents = lines.slice(1).flatMap((line) => (line.trim() === '' ? [] : [line.search(/\S/)]));
  const indent = Math.min(...indents, 80);
  const moved = lines.map((line, at) => (at === 0 ? line : `  ${line.slice(indent)}`));
  return moved.map((line) => line.trimEnd()).join('\n');
}
