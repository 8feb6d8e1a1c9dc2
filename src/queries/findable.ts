import { int, money, nullable, queryRows, text } from '../engine/rows.ts';
import {
  agentId,
  experimentId,
  fileId,
  simulationId,
  type AgentId,
  type ExperimentId,
  type FileId,
  type SimulationId,
} from '../lib/ids.ts';
import { literal, sql, type Sql } from '../lib/sql.ts';
import type { Cents } from '../lib/units.ts';
import { defineQuery, type QueryEngine } from './query.ts';
import { inFile, inFiles, type FilesScope, type FileScope } from './scope.ts';

const experimentSpec = { experimentId: text, name: nullable(text), lastIteration: nullable(int) };
const runSpec = { simulationId: text };

interface FindableScope extends FileScope {
  /** Scans payments and events for runs without a row of their own. */
  readonly withOrphans: boolean;
}

/** What of a file can be gone to by its name: experiments with the number of their last iteration, and runs. */
export const findable = defineQuery({
  name: 'findable',
  scope: 'one file',
  async run(engine, params: FindableScope, signal): Promise<Findable> {
    const experiments = await queryRows(
      engine,
      sql`SELECT experiment_id, any_value(experiment_name) AS name, max(iteration) AS last_iteration
        FROM (SELECT experiment_id, experiment_name, created_at FROM experiments WHERE ${inFile(params)})
        LEFT JOIN (SELECT experiment_id, iteration FROM iterations WHERE ${inFile(params)}) USING (experiment_id)
        GROUP BY experiment_id ORDER BY any_value(created_at), experiment_id`,
      experimentSpec,
      signal,
    );
    const runs = await queryRows(
      engine,
      sql`SELECT simulation_id FROM simulation_runs WHERE ${inFile(params)}
        UNION SELECT simulation_id FROM orphan_runs WHERE ${literal(params.withOrphans)} AND ${inFile(params)}
        ORDER BY simulation_id`,
      runSpec,
      signal,
    );
    return {
      experiments: experiments.map((row) => ({ ...row, experimentId: experimentId(row.experimentId) })),
      runs: runs.map((row) => simulationId(row.simulationId)),
    };
  },
});

interface PaymentSearch extends FilesScope {
  /** Part of a payment's id, whatever the case. */
  readonly wanted: string;
  readonly most: number;
}

const paymentSpec = {
  fileId: text,
  simulationId: text,
  txId: text,
  sender: nullable(text),
  receiver: nullable(text),
  amountCents: nullable(money),
};

/** Payments whose id holds a text, by arrival event or stored row; `most` of them, an id that is the text itself first. */
export const findPayments = defineQuery({
  name: 'findPayments',
  scope: 'all files',
  async run(engine, params: PaymentSearch, signal): Promise<readonly FoundPayment[]> {
    const holds = sql`${inFiles(params)} AND contains(lower(tx_id), lower(${params.wanted}))`;
    const rows = await queryRows(
      engine,
      sql`SELECT file_id, simulation_id, tx_id, any_value(sender_id) AS sender, any_value(receiver_id) AS receiver,
          any_value(amount_cents) AS amount_cents
        FROM (SELECT file_id, simulation_id, tx_id, sender_id, receiver_id, amount_cents FROM transactions WHERE ${holds}
          UNION ALL SELECT file_id, simulation_id, tx_id, agent_id, NULL, NULL FROM simulation_events
            WHERE event_type = 'Arrival' AND ${holds})
        GROUP BY file_id, simulation_id, tx_id ORDER BY tx_id <> ${params.wanted}, file_id, simulation_id, tx_id LIMIT ${literal(params.most)}`,
      paymentSpec,
      signal,
    );
    return rows.map((row) => ({
      ...row,
      fileId: fileId(row.fileId),
      simulationId: simulationId(row.simulationId),
      sender: row.sender === undefined ? undefined : agentId(row.sender),
      receiver: row.receiver === undefined ? undefined : agentId(row.receiver),
    }));
  },
});

/** What the palette is told of one file: things that can be gone to. */
export interface Findable {
  readonly experiments: readonly {
    readonly experimentId: ExperimentId;
    readonly name: string | undefined;
    /** Undefined where no iteration could be read. */
    readonly lastIteration: number | undefined;
  }[];
  readonly runs: readonly SimulationId[];
}

export interface FoundPayment {
  readonly fileId: FileId;
  readonly simulationId: SimulationId;
  readonly txId: string;
  /** As the stored row has them; undefined where only its arrival is stored. */
  readonly sender: AgentId | undefined;
  readonly receiver: AgentId | undefined;
  readonly amountCents: Cents | undefined;
}

/** The open files that hold an experiment of this id. */
export const experimentHolders = defineQuery({
  name: 'experimentHolders',
  scope: 'all files',
  async run(
    engine,
    { fileIds, experimentId }: FilesScope & { readonly experimentId: ExperimentId },
    signal,
  ): Promise<readonly FileId[]> {
    const condition = sql`experiment_id = ${experimentId}`;
    return holders(engine, fileIds, (files) => sql`FROM experiments WHERE ${files} AND ${condition}`, signal);
  },
});

/** The open files that hold a run of this id: those with its row; where there are none, those with events or payments. */
export const runHolders = defineQuery({
  name: 'runHolders',
  scope: 'all files',
  async run(
    engine,
    { fileIds, simulationId }: FilesScope & { readonly simulationId: SimulationId },
    signal,
  ): Promise<readonly FileId[]> {
    const condition = sql`simulation_id = ${simulationId}`;
    const rows = (files: Sql) => sql`FROM simulation_runs WHERE ${files} AND ${condition}`;
    const found = await holders(engine, fileIds, rows, signal);
    if (found.length > 0) return found;
    // Looked into last: they may be millions.
    const traces = (files: Sql) => sql`FROM (
        SELECT file_id FROM simulation_events WHERE ${files} AND ${condition}
        UNION ALL SELECT file_id FROM transactions WHERE ${files} AND ${condition})`;
    return holders(engine, fileIds, traces, signal);
  },
});

/** One statement over all files; where it fails, one for each, so that a lost file hides nothing of the others. */
async function holders(
  engine: QueryEngine,
  fileIds: readonly FileId[],
  rowsIn: (files: Sql) => Sql,
  signal: AbortSignal | undefined,
): Promise<readonly FileId[]> {
  const lookIn = async (ids: readonly FileId[]): Promise<readonly FileId[]> => {
    const statement = sql`SELECT DISTINCT file_id ${rowsIn(inFiles({ fileIds: ids }))} ORDER BY file_id`;
    const rows = await queryRows(engine, statement, { fileId: text }, signal);
    return rows.map((row) => fileId(row.fileId));
  };
  try {
    return await lookIn(fileIds);
  } catch (failure) {
    signal?.throwIfAborted();
    const each = await Promise.allSettled(fileIds.map((id) => lookIn([id])));
    const found = each.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    if (found.length === 0) throw failure;
    return found;
  }
}
