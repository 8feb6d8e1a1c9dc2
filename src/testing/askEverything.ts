/** Every question there is, asked about everything that an open file holds. */
import type { Engine } from '../engine/engine.ts';
import { queryRows, text } from '../engine/rows.ts';
import { sql } from '../lib/sql.ts';
import { dayCosts, unreadable } from '../queries/fileFindings.ts';
import { deskQueue } from '../queries/deskQueue.ts';
import { exchange, exchangeContext } from '../queries/exchange.ts';
import { experimentDetail, experimentFacts } from '../queries/experimentDetail.ts';
import { experimentList } from '../queries/experimentList.ts';
import { iterationDetail, proposalDetail } from '../queries/iterationDetail.ts';
import { listDetails, listDetailsCheap } from '../queries/listDetails.ts';
import { policyHistory } from '../queries/policyHistory.ts';
import { proposerModels } from '../queries/exchangeUse.ts';
import { checkedRuns, runInputs } from '../queries/resimulation.ts';
import { consistencyChecks } from '../queries/run/consistencyChecks.ts';
import { evidenceOf } from '../queries/evidenceRows.ts';
import { eventMatches, eventPage, seekEvent } from '../queries/run/runEvents.ts';
import { runOutline } from '../queries/run/runOutline.ts';
import { paymentLife } from '../queries/run/paymentLife.ts';
import { paymentCount, paymentPage } from '../queries/run/runPayments.ts';
import { runSeries } from '../queries/run/runSeries.ts';
import { runTwins } from '../queries/run/runTwins.ts';
import { tickState } from '../queries/run/tickState.ts';
import { runList } from '../queries/runList.ts';
import { runSummary } from '../queries/runSummary.ts';
import { sampleSavings } from '../queries/sampleSavings.ts';
import { agentId, experimentId, simulationId, type FileId } from '../lib/ids.ts';
import { ask } from './ask.ts';

export type NamedQuestion = readonly [question: string, ask: () => Promise<unknown>];

const first = async (engine: Engine, statement: ReturnType<typeof sql>) =>
  (await queryRows(engine, statement, { id: text }))[0]?.id;

/** The questions about one file: about its first experiment, the iterations 0 and 1 of BANK_A, and `run`. */
export async function everyQuestion(
  engine: Engine,
  file: FileId,
  run?: string,
): Promise<readonly NamedQuestion[]> {
  const scope = { fileId: file };
  const experiment = await first(
    engine,
    sql`SELECT experiment_id AS id FROM experiments
      WHERE file_id = ${file} AND experiment_id IS NOT NULL ORDER BY ALL LIMIT 1`,
  );
  const simulation =
    run ??
    (await first(
      engine,
      sql`SELECT simulation_id AS id FROM simulation_runs
        WHERE file_id = ${file} AND simulation_id IS NOT NULL ORDER BY ALL LIMIT 1`,
    ));
  return [
    ['experimentList', () => ask(engine, experimentList, scope)],
    ['listDetails', () => ask(engine, listDetails, scope)],
    ['listDetailsCheap', () => ask(engine, listDetailsCheap, scope)],
    ['runList', () => ask(engine, runList, { ...scope, withOrphans: true })],
    ['dayCosts', () => ask(engine, dayCosts, { ...scope, withEvents: true })],
    ['unreadable', () => ask(engine, unreadable, scope)],
    ['deskQueue of the file', () => ask(engine, deskQueue, scope)],
    ['sampleSavings of the file', () => ask(engine, sampleSavings, scope)],
    ...(experiment === undefined ? [] : aboutExperiment(engine, file, experiment)),
    ...(simulation === undefined ? [] : aboutRun(engine, file, simulation)),
  ];
}

function aboutExperiment(engine: Engine, file: FileId, id: string): readonly NamedQuestion[] {
  const scope = { fileId: file, experimentId: experimentId(id) };
  const agent = agentId('BANK_A');
  const ofIteration = [0, 1].flatMap((iteration): NamedQuestion[] => {
    const here = { ...scope, iteration, agentId: agent };
    return [
      [`iterationDetail ${iteration}`, () => ask(engine, iterationDetail, here)],
      [`proposalDetail ${iteration}`, () => ask(engine, proposalDetail, here)],
      [`exchange ${iteration}`, () => ask(engine, exchange, here)],
      [`exchangeContext ${iteration}`, () => ask(engine, exchangeContext, here)],
      [`evidenceOf ${iteration}`, () => ask(engine, evidenceOf, here)],
    ];
  });
  return [
    ['experimentDetail', () => ask(engine, experimentDetail, scope)],
    ['experimentFacts', () => ask(engine, experimentFacts, scope)],
    ['deskQueue', () => ask(engine, deskQueue, scope)],
    ['sampleSavings', () => ask(engine, sampleSavings, scope)],
    ['policyHistory', () => ask(engine, policyHistory, scope)],
    ['proposerModels', () => ask(engine, proposerModels, scope)],
    ['checkedRuns', () => checkedRuns(engine, scope)],
    ...ofIteration,
  ];
}

function aboutRun(engine: Engine, file: FileId, id: string): readonly NamedQuestion[] {
  const scope = { fileId: file, simulationId: simulationId(id) };
  return [
    ['runSummary', () => ask(engine, runSummary, scope)],
    ['runOutline', () => ask(engine, runOutline, scope)],
    ['tickState', () => ask(engine, tickState, { ...scope, tick: 0 })],
    ['runSeries', () => ask(engine, runSeries, { ...scope, metric: 'balance' })],
    ['eventMatches', () => ask(engine, eventMatches, { ...scope, filter: {} })],
    ['eventPage', () => ask(engine, eventPage, { ...scope, filter: {}, offset: 0, limit: 50 })],
    ['seekEvent', () => ask(engine, seekEvent, { ...scope, filter: {}, fromTick: 0, direction: 'next' })],
    ['paymentCount', () => ask(engine, paymentCount, { ...scope, filter: {} })],
    ['paymentPage', () => ask(engine, paymentPage, { ...scope, filter: {}, offset: 0, limit: 50 })],
    ['paymentLife', () => ask(engine, paymentLife, { ...scope, txId: 'tx-1' })],
    ['consistencyChecks', () => ask(engine, consistencyChecks, scope)],
    [
      'runTwins',
      () =>
        ask(engine, runTwins, {
          fileIds: [scope.fileId],
          simulationId: scope.simulationId,
          twin: scope.simulationId,
        }),
    ],
    ['runInputs', () => runInputs(engine, scope)],
  ];
}
