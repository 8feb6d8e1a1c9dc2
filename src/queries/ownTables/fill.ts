import type { ExperimentDetail, ExperimentSummary, Sample } from '../../domain/experiment/normalised.ts';
import { savingOf } from '../../domain/experiment/saving.ts';
import { byIterationAndAgent } from '../../domain/verdict/evidence.ts';
import type { Engine } from '../../engine/engine.ts';
import { groupBy } from '../../lib/groupBy.ts';
import type { FileId, AgentId, ExperimentId } from '../../lib/ids.ts';
import { join, literal, sql, type Sql, type SqlValue } from '../../lib/sql.ts';
import { deskQueue } from '../deskQueue.ts';
import { experimentDetail } from '../experimentDetail.ts';
import { experimentList } from '../experimentList.ts';
import { judgedIterations } from '../judged.ts';
import { proposedBefore } from '../policyHistory.ts';
import { type Question, defineQuery } from '../query.ts';
import { judgedBy } from '../read/agentIterations.ts';
import { readEvaluationDetails, samplesOf } from '../read/evaluationRows.ts';
import { collectInSlices } from '../read/slices.ts';
import { ofExperiment, type FileScope } from '../scope.ts';
import { inMemory } from './install.ts';
import type { ownTables, OwnTableName } from './tables.ts';

/** The samples of one proposal, of the evaluation row that its verdict is from. */
interface ProposalSamples {
  readonly experimentId: ExperimentId;
  readonly iteration: number;
  readonly agentId: AgentId;
  readonly samples: readonly Sample[];
}

/** One row per proposal of a file whose samples are stored; entries that are no samples are left out. */
const storedSamples = defineQuery({
  name: 'storedSamples',
  scope: 'one file',
  async run(engine, { fileId }: FileScope, signal): Promise<readonly ProposalSamples[]> {
    const found: ProposalSamples[] = [];
    for (const { experimentId } of await engine.ask(experimentList.about({ fileId }), signal)) {
      const scope = { fileId, experimentId };
      const { proposals } = await engine.ask(judgedIterations.about(scope), signal);
      const judged = byIterationAndAgent(proposals);
      const rows = groupBy(
        await readEvaluationDetails(engine, ofExperiment(scope), signal),
        (row) => `${row.iteration}\n${row.agentId}`,
      );
      function* samples(): Generator<ProposalSamples, void> {
        for (const ofOne of rows.values()) {
          const [first] = ofOne;
          if (first === undefined) continue;
          const proposal = [...(judged.get(first.iteration)?.values() ?? [])].find(
            ({ agentId }) => agentId === first.agentId,
          );
          const row = judgedBy(ofOne, proposal);
          if (proposal === undefined || row === undefined) continue;
          const { iteration, agentId } = proposal;
          yield { experimentId, iteration, agentId, samples: samplesOf(row).samples };
        }
      }
      found.push(...(await collectInSlices(samples(), signal)));
    }
    return found;
  },
});

/** Asks what the screens ask, of the engine that answers them or of this one. */
export type Ask = <T>(question: Question<T>) => Promise<T>;

/** A row in the order of the table's columns. */
type Row = readonly (SqlValue | undefined)[];

type AnswerTable = {
  [N in OwnTableName]: (typeof ownTables)[N]['from'] extends 'answers' ? N : never;
}[OwnTableName];

/** Rows of one file, made of the answers that the screens show. */
const rowsOf: Readonly<
  Record<Exclude<AnswerTable, 'files'>, (fileId: FileId, ask: Ask) => AsyncGenerator<Row>>
> = {
  async *proposals(fileId, ask) {
    const experiments = await ask(deskQueue.about({ fileId }));
    const names = new Map(
      (await ask(experimentList.about({ fileId }))).map(({ experimentId, name }) => [experimentId, name]),
    );
    const key = (...parts: readonly (string | number)[]) => parts.join('\n');
    const repeats = new Map(
      (await ask(proposedBefore.about({ fileId }))).map(({ experimentId, iteration, agentId, times }) => [
        key(experimentId, iteration, agentId),
        times,
      ]),
    );
    for (const { experimentId, entries } of experiments) {
      for (const { proposal, kind, miss } of entries) {
        const { iteration, agentId } = proposal;
        const saving = savingOf(proposal);
        yield [
          fileId,
          experimentId,
          iteration,
          agentId,
          names.get(experimentId),
          proposal.verdict,
          kind,
          proposal.verdictSource,
          proposal.rejectionKind,
          proposal.reason,
          proposal.oldCostCents,
          proposal.newCostCents,
          saving?.cents,
          saving?.sumCents,
          proposal.sampleCount,
          proposal.settlementRate,
          proposal.newCostStdDevCents,
          miss?.distance,
          miss?.unit,
          miss?.cents,
          repeats.get(key(experimentId, iteration, agentId)),
          proposal.policyConflict,
          proposal.note,
        ];
      }
    }
  },

  async *samples(fileId, ask) {
    for (const found of await ask(storedSamples.about({ fileId }))) {
      const { experimentId, iteration, agentId, samples } = found;
      for (const { index, seed, oldCostCents, newCostCents, deltaCents } of samples) {
        yield [
          fileId,
          experimentId,
          iteration,
          agentId,
          index,
          BigInt(seed),
          oldCostCents,
          newCostCents,
          deltaCents,
        ];
      }
    }
  },

  async *policy_parameters(fileId, ask) {
    for await (const [{ experimentId }, { iterations, proposals }] of details(fileId, ask)) {
      for (const { iteration, parameters, unreadableParameters } of iterations) {
        for (const [agentId, found] of parameters) {
          for (const [name, value, stored] of parametersIn(found, unreadableParameters.get(agentId)))
            yield [fileId, experimentId, iteration, agentId, 'in force', undefined, name, value, stored];
        }
      }
      for (const { iteration, agentId, verdict, parameters, unreadableParameters } of proposals) {
        for (const [name, value, stored] of parametersIn(parameters, unreadableParameters))
          yield [fileId, experimentId, iteration, agentId, 'proposed', verdict, name, value, stored];
      }
    }
  },

  async *iteration_parameters(fileId, ask) {
    for await (const [{ experimentId }, { iterations }] of details(fileId, ask)) {
      for (const { iteration, parameters, unreadableParameters, costsCents } of iterations) {
        for (const [agentId, found] of parameters) {
          for (const [name, value, stored] of parametersIn(found, unreadableParameters.get(agentId)))
            yield [fileId, experimentId, iteration, agentId, name, value, stored, costsCents.get(agentId)];
        }
      }
    }
  },

  async *costs(fileId, ask) {
    for await (const [{ experimentId, name }, { iterations }] of details(fileId, ask)) {
      for (const { iteration, costsCents, unreadableCosts, totalCents } of iterations) {
        for (const agentId of new Set([...costsCents.keys(), ...unreadableCosts.keys()])) {
          const stored = unreadableCosts.get(agentId);
          yield [fileId, experimentId, iteration, agentId, name, costsCents.get(agentId), totalCents, stored];
        }
      }
    }
  },

  async *run_links(fileId, ask) {
    for await (const [{ experimentId }, { runs }] of details(fileId, ask)) {
      for (const run of runs) {
        yield [
          fileId,
          run.simulationId,
          experimentId,
          run.iteration,
          run.linkedBy,
          run.purpose,
          run.sampleIndex,
          run.seed,
          run.arrivals,
          run.settlements,
          run.totalCostCents,
          run.status,
        ];
      }
    }
  },
};

async function* details(
  fileId: FileId,
  ask: Ask,
): AsyncGenerator<readonly [ExperimentSummary, ExperimentDetail]> {
  for (const summary of await ask(experimentList.about({ fileId }))) {
    const detail = await ask(experimentDetail.about({ fileId, experimentId: summary.experimentId }));
    if (detail !== null) yield [summary, detail];
  }
}

/** Name, value, and what is stored where that is no finite number. */
function* parametersIn(
  known: ReadonlyMap<string, number>,
  odd: ReadonlyMap<string, string> = new Map(),
): Generator<readonly [string, number | undefined, string | undefined]> {
  for (const [name, value] of known) yield [name, value, undefined];
  for (const [name, stored] of odd) if (!known.has(name)) yield [name, undefined, stored];
}

export const isAnswerTable = (name: OwnTableName): name is Exclude<AnswerTable, 'files'> => name in rowsOf;

/** Rows of one statement: the engine reads some 20,000 values at once. */
const valuesAtOnce = 20_000;

/** As a literal a fraction would be read as a DECIMAL first, and lose its last digit. */
function cell(value: SqlValue | undefined): Sql {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) return sql`${String(value)}::DOUBLE`;
  return literal(value ?? null);
}

/** Fills a table with the rows of all files, or leaves it as it was; says how many rows are there so far. */
export async function fillFromAnswers(
  engine: Engine,
  table: Exclude<AnswerTable, 'files'>,
  files: readonly FileId[],
  ask: Ask,
  onRows: (rows: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  await engine.query(sql`DELETE FROM ${inMemory(table)}`, signal);
  let waiting: Sql[] = [];
  let rows = 0;
  const send = async (): Promise<void> => {
    if (waiting.length === 0) return;
    const values = join(waiting, ', ');
    rows += waiting.length;
    waiting = [];
    await engine.query(sql`INSERT INTO ${inMemory(table)} VALUES ${values}`, signal);
    onRows(rows);
  };
  for (const fileId of files) {
    for await (const row of rowsOf[table](fileId, ask)) {
      waiting.push(sql`(${join(row.map(cell), ', ')})`);
      if (waiting.length * row.length >= valuesAtOnce) await send();
    }
  }
  await send();
}
