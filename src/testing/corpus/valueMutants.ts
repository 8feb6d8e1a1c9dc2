/** Mutants of values: numbers, JSON, ids and names, times, and how many rows there are. */
import { ident, sql, type Sql, type SqlValue } from '../../lib/sql.ts';
import { fullContent } from '../fixtures/fullContent.ts';
import { alone, soundTable, type BaseLayout, type Mutant, type FileWriter } from './mutants.ts';

const layouts: readonly BaseLayout[] = ['A1', 'B-V5'];

export function valueMutants(writer: FileWriter): readonly Mutant[] {
  return layouts.flatMap((layout) => [
    ...numbers(writer, layout),
    ...texts(writer, layout),
    ...amounts(writer, layout),
  ]);
}

type Value = Sql | SqlValue;

/** One value in a column of one row, or of all, the column being of the type that holds it. */
function inColumn(
  writer: FileWriter,
  layout: BaseLayout,
  kind: string,
  place: string,
  value: Value,
  shown: string,
  truth: Mutant['truth'],
): readonly Mutant[] {
  const [table = '', column = ''] = place.split('.');
  if (writer.tables.get(layout)?.get(table)?.includes(column) !== true) return [];
  const select = (rows: Sql): Sql =>
    sql`SELECT * REPLACE (CASE WHEN ${rows} THEN ${value} ELSE ${ident(column)} END AS ${ident(column)})
      FROM ${soundTable(layout, table)}`;
  return [
    {
      kind,
      name: `${layout}, ${place} = ${shown}`,
      truth,
      make: async () => alone(await writer.changed(layout, { tables: { [table]: select(sql`rowid = 0`) } })),
    },
  ];
}

const integerColumns = [
  'experiments.master_seed',
  'experiments.num_iterations',
  'experiments.final_cost',
  'experiment_iterations.iteration',
  'experiment_events.iteration',
  'experiment_events.id',
  'policy_evaluations.iteration',
  'policy_evaluations.old_cost',
  'policy_evaluations.delta_sum',
  'policy_evaluations.num_samples',
  'simulation_runs.ticks_per_day',
  'simulation_runs.num_days',
  'simulation_runs.total_ticks',
  'simulation_runs.total_cost',
  'simulation_runs.iteration',
  'simulations.ticks_per_day',
  'simulations.num_days',
  'simulations.total_cost_cents',
  'simulation_events.tick',
  'simulation_events.day',
  'transactions.amount',
  'transactions.arrival_tick',
  'transactions.arrival_day',
  'transactions.settlement_tick',
];
const integers: Readonly<Record<string, Value>> = {
  'smallest i64': sql`(-9223372036854775807 - 1)::BIGINT`,
  'largest i64': sql`9223372036854775807::BIGINT`,
  'beyond i32': sql`2147483648::BIGINT`,
  '-1': sql`(-1)::BIGINT`,
  '0': sql`0::BIGINT`,
  '1e9': sql`1000000000::BIGINT`,
  '2^31 - 1': sql`2147483647::BIGINT`,
  '5000.5': sql`5000.5::DOUBLE`,
  NaN: sql`'NaN'::DOUBLE`,
  '-Infinity': sql`'-Infinity'::DOUBLE`,
};

function numbers(writer: FileWriter, layout: BaseLayout): readonly Mutant[] {
  return integerColumns.flatMap((place) =>
    Object.entries(integers).flatMap(([shown, value]) =>
      inColumn(writer, layout, 'number', place, value, shown, 'its own'),
    ),
  );
}

const nested = (depth: number, open: string, close: string): string =>
  open.repeat(depth) + close.repeat(depth);
const jsonColumns = [
  'experiments.config',
  'experiment_iterations.costs_per_agent',
  'experiment_iterations.policies',
  'experiment_iterations.accepted_changes',
  'experiment_events.event_data',
  'policy_evaluations.proposed_policy',
  'policy_evaluations.sample_details',
  'policy_evaluations.agent_stats',
  'simulation_events.details',
];
const json: Readonly<Record<string, string>> = {
  empty: '',
  'no JSON': 'not json',
  'broken in the middle': '{"BANK_A": 5000, "BANK_B": ',
  'array for object': '[1, 2]',
  'number for object': '7',
  'text for object': '"text"',
  null: 'null',
  'empty object': '{}',
  'one key twice': '{"BANK_A": 1, "BANK_A": 2}',
  __proto__: '{"__proto__": {"polluted": 1}, "BANK_A": 5000}',
  NaN: '{"BANK_A": NaN, "BANK_B": Infinity}',
  '1e400': '{"BANK_A": 1e400, "BANK_B": -1e400}',
  'fraction of a cent': '{"BANK_A": 5000.5, "BANK_B": 5000}',
  'number as text': '{"BANK_A": "5000", "BANK_B": 5000}',
  'largest i64': '{"BANK_A": 9223372036854775807, "BANK_B": 9223372036854775807}',
  'beyond i64': '{"BANK_A": 92233720368547758080, "BANK_B": 1}',
  'nested 100,000 deep': nested(100_000, '{"a":', '') + '1' + nested(100_000, '', '}'),
  'list nested 100,000 deep': nested(100_000, '[', ']'),
  'lone surrogate': '{"BANK_A": "\\ud800", "\\udfff": 5000}',
  'NUL escaped': '{"BANK\\u0000A": 5000}',
  '2 MB': `{"BANK_A": 5000, "text": "${'x'.repeat(2_000_000)}"}`,
  '20,000 keys': `{${Array.from({ length: 20_000 }, (_, i) => `"B${i}": 1`).join(', ')}}`,
};

const idColumns = [
  'experiments.experiment_id',
  'experiments.run_id',
  'experiments.experiment_name',
  'experiment_events.event_type',
  'policy_evaluations.agent_id',
  'policy_evaluations.acceptance_reason',
  'simulation_runs.simulation_id',
  'simulation_runs.status',
  'simulations.simulation_id',
  'simulation_events.event_type',
  'simulation_events.tx_id',
  'transactions.tx_id',
];
const names: Readonly<Record<string, string>> = {
  empty: '',
  dot: '.',
  dots: '..',
  quotes: `'";--`,
  slashes: '../../etc/passwd',
  'per cent': '%2F%00%',
  hash: 'a#b?c&d=e',
  newline: 'a\r\nb\tc',
  emoji: '👩‍👩‍👧😀',
  'right to left': '\u202eabc\u2066',
  '10,000 characters': 'x'.repeat(10_000),
  HTML: '<img src=x onerror=alert(1)>',
  formula: "=cmd|' /C calc'!A0",
  constructor: '__proto__',
};

const timeColumns = [
  'experiments.created_at',
  'experiments.completed_at',
  'experiment_iterations.timestamp',
  'experiment_events.timestamp',
  'simulation_runs.started_at',
  'simulations.started_at',
  'simulation_events.event_timestamp',
];
const times: Readonly<Record<string, string>> = {
  zone: '2026-01-02T03:04:05+01:00',
  Z: '2026-01-02T03:04:05Z',
  'date only': '2026-01-02',
  infinity: 'infinity',
  'before 1970': '0044-03-15 (BC) 00:00:00',
  'year 9999': '9999-12-31T23:59:59',
  text: 'yesterday',
};

function texts(writer: FileWriter, layout: BaseLayout): readonly Mutant[] {
  const each = (
    kind: string,
    places: readonly string[],
    values: Readonly<Record<string, string>>,
    truth: Mutant['truth'],
  ) =>
    places.flatMap((place) =>
      Object.entries(values).flatMap(([shown, value]) => {
        const column = place.split('.')[1] ?? '';
        // As text, whatever the column's type is: nobody else would hold such a value.
        const text = kind === 'time' || kind === 'JSON' ? sql`${ident(column)}::VARCHAR` : ident(column);
        return inText(writer, layout, kind, place, value, shown, text, truth);
      }),
    );
  return [
    ...each('JSON', jsonColumns, json, 'its own'),
    ...each('id or name', idColumns, names, 'its own'),
    ...each('time', timeColumns, times, 'same or unknown'),
  ];
}

function inText(
  writer: FileWriter,
  layout: BaseLayout,
  kind: string,
  place: string,
  value: string,
  shown: string,
  text: Sql,
  truth: Mutant['truth'],
): readonly Mutant[] {
  const [table = '', column = ''] = place.split('.');
  if (writer.tables.get(layout)?.get(table)?.includes(column) !== true) return [];
  const select = sql`SELECT * REPLACE (CASE WHEN rowid = 0 THEN ${value} ELSE ${text} END AS ${ident(column)})
    FROM ${soundTable(layout, table)}`;
  return [
    {
      kind,
      name: `${layout}, ${place}: ${shown}`,
      truth,
      make: async () => alone(await writer.changed(layout, { tables: { [table]: select } })),
    },
  ];
}

/** Rows by the thousand, where a page has one of each. */
function amounts(writer: FileWriter, layout: BaseLayout): readonly Mutant[] {
  const of = (name: string, content: Parameters<FileWriter['written']>[1]): Mutant => ({
    kind: 'many rows',
    name: `${layout}, ${name}`,
    truth: 'its own',
    make: async () => alone(await writer.written(layout, content)),
  });
  const agents = Array.from({ length: 500 }, (_, i) => `BANK_${i}`);
  const costs = Object.fromEntries(agents.map((agent) => [agent, 100]));
  return [
    of('500 agents', {
      ...fullContent,
      iterations: [
        { iteration: 0, costs },
        { iteration: 1, costs },
      ],
    }),
    of('20,000 iterations', {
      experiments: [{ id: 'exp1' }],
      iterations: Array.from({ length: 20_000 }, (_, iteration) => ({ iteration, costs: { BANK_A: 1 } })),
    }),
    of('20,000 experiments', { experiments: Array.from({ length: 20_000 }, (_, i) => ({ id: `exp${i}` })) }),
    of('iterations 0, 1e9 and 2e9', {
      experiments: [{ id: 'exp1' }],
      iterations: [0, 1e9, 2e9].map((iteration) => ({ iteration, costs: { BANK_A: 5000 } })),
    }),
    of('ticks to 5,000,000', {
      ...fullContent,
      simulationEvents: [
        ...(fullContent.simulationEvents ?? []),
        {
          simulation: 'exp1-iter0-evaluation',
          tick: 5_000_000,
          type: 'Arrival',
          agent: 'BANK_A',
          tx: 'late',
        },
      ],
    }),
    of('no row at all', { experiments: [] }),
  ];
}
