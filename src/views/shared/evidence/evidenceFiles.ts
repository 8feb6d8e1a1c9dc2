import type { Contradiction } from '../../../domain/contradictions/contradiction.ts';
import type { ConsistencyCheck } from '../../../domain/answers/runs.ts';
import { contradictionSentence, subjectWords } from '../../../domain/contradictions/sentences.ts';
import { formatCount, plural } from '../../../lib/format.ts';
import { isJsonObject, parseJson } from '../../../lib/json.ts';
import { eventSeeds, mostEvidenceRows, type EvidenceTable } from '../../../queries/evidenceRows.ts';
import { fileName } from '../../../ui/files.ts';
import { csvText, jsonText } from '../../../ui/export/tableModel.ts';
import type { ZipEntry } from '../../../ui/export/zipFile.ts';

/** What the bundle says of each judged agent. */
interface EvidenceVerdict {
  readonly agentId: string;
  readonly verdict: string;
  /** Where the verdict is known from. */
  readonly source: string;
  readonly reason: string | undefined;
}

interface ProposedPolicy {
  readonly iteration: number;
  readonly agentId: string;
  readonly policy: string;
}

export interface RunChecks {
  readonly simulationId: string;
  readonly checks: readonly ConsistencyCheck[];
}

export interface Evidence {
  readonly title: string;
  readonly provenance: readonly string[];
  readonly tables: readonly EvidenceTable[];
  readonly verdicts: readonly EvidenceVerdict[];
  /** Proposed policies as the screen shows them, wherever they are recorded. */
  readonly proposed: readonly ProposedPolicy[];
  /** Of each run, whether its records agree with each other. */
  readonly consistency: readonly RunChecks[];
  /** Undefined where they were not looked for. */
  readonly contradictions: readonly Contradiction[] | undefined;
}

/** What a table without a row means for who reads the evidence. */
const absent: Readonly<Record<string, string>> = {
  experiments: 'no row of the experiment',
  iterations: 'no row of the iteration: policies and costs are not recorded',
  iteration_costs: 'no cost of the iteration',
  evaluations:
    'no row of an evaluation: the verdict, where there is one, rests on other records; costs and samples are unknown',
  experiment_events: 'no event of the loop: no prompt, no answer of the proposer',
  simulation_runs: 'no row of a simulation run',
  simulation_events: 'no simulation event: balances and payments cannot be followed',
  transactions: 'no table of payments',
  stored_policy_snapshots: 'no policy stored with the run',
  stored_daily_agent_metrics: 'no figures per day',
  stored_tick_agent_states: 'no state per tick',
};

/** Every file of the bundle, in a fixed order: the same evidence gives the same bytes. */
export function evidenceFiles(evidence: Evidence): readonly ZipEntry[] {
  const { tables, provenance } = evidence;
  const entries = [
    ...tables.filter(({ rows }) => rows.length > 0).flatMap((table) => rowFiles(table, provenance)),
    ...policyFiles(tables),
    ...proposedElsewhere(evidence),
    ...exchangeFiles(tables),
    { path: 'checks.txt', content: checksText(evidence) },
  ];
  return [{ path: 'README.md', content: readme(evidence, entries) }, ...entries];
}

function rowFiles(
  { name, columns, rows }: EvidenceTable,
  provenance: readonly string[],
): readonly ZipEntry[] {
  const model = {
    columns: columns.map((header) => ({ header, isNumeric: false, isDollars: false })),
    rows,
  };
  return [
    { path: `rows/${name}.csv`, content: csvText(model, true) },
    { path: `rows/${name}.json`, content: jsonText(model, provenance) },
  ];
}

/** Texts of one column of a table, beside the texts of others. */
function texts(tables: readonly EvidenceTable[], name: string, ...wanted: readonly string[]) {
  const table = tables.find((each) => each.name === name);
  if (table === undefined) return [];
  const places = wanted.map((column) => table.columns.indexOf(column));
  return table.rows.map((row) => places.map((place) => row[place]));
}

function policyFiles(tables: readonly EvidenceTable[]): readonly ZipEntry[] {
  const file = (
    folder: string,
    parts: readonly unknown[],
    text: unknown,
    ending = 'json',
  ): readonly ZipEntry[] =>
    typeof text === 'string' && text !== ''
      ? [{ path: `${folder}/${fileName(parts.map(String), ending)}`, content: `${text}\n` }]
      : [];
  return [
    ...texts(tables, 'iterations', 'iteration', 'policies').flatMap(([iteration, policies]) =>
      file('policies', ['in-force', 'iteration', iteration], policies),
    ),
    ...texts(tables, 'evaluations', 'iteration', 'agent_id', 'proposed_policy', 'sample_details').flatMap(
      ([iteration, agent, proposed, samples]) => [
        ...file('policies', ['proposed', 'iteration', iteration, agent], proposed),
        ...file('samples', ['iteration', iteration, agent], samples),
      ],
    ),
    ...texts(
      tables,
      'stored_policy_snapshots',
      'simulation_id',
      'agent_id',
      'snapshot_tick',
      'policy_json',
    ).flatMap(([run, agent, tick, policy]) => file('policies', [run, agent, 'tick', tick], policy)),
  ];
}

/** Proposed policies of which no row of an evaluation has the text: rejected ones of many files are in the exchange alone. */
function proposedElsewhere({ tables, proposed }: Evidence): readonly ZipEntry[] {
  const stored = texts(tables, 'evaluations', 'iteration', 'agent_id', 'proposed_policy');
  return proposed.flatMap(({ iteration, agentId, policy }): readonly ZipEntry[] =>
    stored.some(([at, agent, text]) => Number(at) === iteration && agent === agentId && Boolean(text))
      ? []
      : [
          {
            path: `policies/${fileName(['proposed-iteration', String(iteration), agentId, readAgain], 'json')}`,
            content: `${policy}\n`,
          },
        ],
  );
}

const readAgain = 'read-from-other-records';

/** Seeds of runs that their rows do not tell. */
function seedWords(tables: readonly EvidenceTable[]): readonly string[] {
  const told = new Map(texts(tables, eventSeeds, 'simulation_id', 'seed').map(([id, seed]) => [id, seed]));
  return texts(tables, 'simulation_runs', 'simulation_id', 'rng_seed').flatMap(([id, stored]) => {
    const seed = told.get(id);
    const row = `- simulation_runs.rng_seed of ${String(id)} is ${String(stored)}`;
    if (seed !== undefined)
      return String(seed) === String(stored)
        ? []
        : [`${row}: by the event of the loop the run has seed ${String(seed)} (rows/${eventSeeds}).`];
    return String(stored) === '0'
      ? [`${row}: some layouts store 0 for every run of an experiment, and no event here tells the seed.`]
      : [];
  });
}

/** Prompts and answers as texts; the event whole stands among the rows. */
function exchangeFiles(tables: readonly EvidenceTable[]): readonly ZipEntry[] {
  return texts(tables, 'experiment_events', 'event_type', 'event_id', 'event_data').flatMap(
    ([type, id, data]): readonly ZipEntry[] => {
      if (type !== 'llm_interaction' || typeof data !== 'string') return [];
      const parsed = parseJson(data);
      if (!parsed.ok || !isJsonObject(parsed.value)) return [];
      const event = parsed.value;
      return ['system_prompt', 'user_prompt', 'raw_response'].flatMap((key) => {
        const text = event[key];
        const name = fileName(
          [String(id), typeof event.agent_id === 'string' ? event.agent_id : undefined, key],
          'txt',
        );
        return typeof text === 'string' ? [{ path: `exchange/${name}`, content: text }] : [];
      });
    },
  );
}

function checksText({ contradictions, verdicts, consistency }: Evidence): string {
  const judged = verdicts.map(
    ({ agentId, verdict, source, reason }) =>
      `${agentId}: ${verdict}, known from: ${source}${reason === undefined ? '' : `; stored reason: ${reason}`}`,
  );
  const found =
    contradictions === undefined
      ? ['Contradictions between records were not looked for.']
      : contradictions.length === 0
        ? ['No two records here contradict each other by the rules of Iterscope.']
        : contradictions.map(
            (one) => `${one.code}, ${subjectWords(one.subject)}: ${contradictionSentence(one)}`,
          );
  const ofRuns = consistency.flatMap(({ simulationId, checks }) => [
    `Consistency of run ${simulationId}`,
    '',
    ...(checks.length === 0
      ? ['Nothing is stored that could be checked against anything else.']
      : checks.map(checkWords)),
    '',
  ]);
  const first = judged.length === 0 ? [] : ['Verdicts', '', ...judged, ''];
  return [...first, 'Checks', '', ...found, '', ...ofRuns].join('\n');
}

function checkWords({ title, outcome, expected, found, why }: ConsistencyCheck): string {
  const values =
    expected === undefined || found === undefined ? '' : `; expected ${expected}, found ${found}`;
  return `${title}: ${outcome === 'balances' ? 'consistent' : outcome}${values}. ${why}`.trim();
}

function readme({ title, provenance, tables }: Evidence, entries: readonly ZipEntry[]): string {
  const missing = tables.flatMap(({ name, rows }) => {
    const words = absent[name];
    return rows.length === 0 && words !== undefined ? [`- ${name}: ${words}`] : [];
  });
  const cut = tables.flatMap(({ name, isCut }) =>
    isCut ? [`- ${name}: the first ${formatCount(mostEvidenceRows)} rows only`] : [],
  );
  const again = entries.some(({ path }) => path.includes(readAgain))
    ? [
        `- evaluations: no text of some proposed policies; policies/ has those as the exchange, an event or the policy next in force records them (${readAgain})`,
      ]
    : [];
  const lacking = [...missing, ...cut, ...again, ...seedWords(tables)];
  return [
    `# ${title}`,
    '',
    'Rows as the file stores them, read by Iterscope. Money is in whole cents. What is not recorded is empty (CSV) or null',
    '(JSON). In the CSV files a text that a spreadsheet would run as a formula has an apostrophe in front.',
    'An iteration shows the policies in force before its own proposals; what came of a proposal shows in the next iteration.',
    '',
    '## Where it is from',
    '',
    ...provenance.map((fact) => `- ${fact}`),
    '',
    '## What is here',
    '',
    ...tables
      .filter(({ rows }) => rows.length > 0)
      .map(({ name, rows }) => `- rows/${name}.csv, .json: ${plural(rows.length, 'row')}`),
    ...entries.filter(({ path }) => !path.startsWith('rows/')).map(({ path }) => `- ${path}`),
    '',
    '## What the file does not hold',
    '',
    ...(lacking.length === 0 ? ['- Nothing is missing of what evidence is made of.'] : lacking),
    '',
  ].join('\n');
}
