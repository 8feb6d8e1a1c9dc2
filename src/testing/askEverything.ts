/** Every question there is, asked about everything that an open file holds. */
import type { Engine } from '../engine/engine.ts';
import { queryRows, text } from '../engine/rows.ts';
import { sql } from '../lib/sql.ts';
import { dayCosts } from '../queries/dayCosts.ts';
import { deskQueue } from '../queries/deskQueue.ts';
import { exchange } from '../queries/exchange.ts';
import { exchangeContext } from '../queries/exchangeContext.ts';
import { experimentDossier } from '../queries/experimentDossier.ts';
import { experimentFacts } from '../queries/experimentFacts.ts';
import { experimentList } from '../queries/experimentList.ts';
import { iterationDetail } from '../queries/iterationDetail.ts';
import { listDetails } from '../queries/listDetails.ts';
import { listDetailsCheap } from '../queries/listDetailsCheap.ts';
import { policyHistory } from '../queries/policyHistory.ts';
import { proposalDetail } from '../queries/proposalDetail.ts';
import { proposerModels } from '../queries/proposerModels.ts';
import { checkedRuns } from '../queries/resimulation/checkedRuns.ts';
import { runInputs } from '../queries/resimulation/runInputs.ts';
import { bookChecks } from '../queries/run/bookChecks.ts';
import { evidenceOf } from '../queries/run/evidenceOf.ts';
import { eventMatches, eventPage, seekEvent } from '../queries/run/runEvents.ts';
import { runOutline } from '../queries/run/runOutline.ts';
import { paymentLife } from '../queries/run/paymentLife.ts';
import { paymentCount, paymentPage } from '../queries/run/runPayments.ts';
import { runSeries } from '../queries/run/runSeries.ts';
import { runTwins } from '../queries/run/runTwins.ts';
import { tickState } from '../queries/run/tickState.ts';
import { runList } from '../queries/runList.ts';
import { runSummary } from '../queries/runSummary.ts';
import { unreadable } from '../queries/unreadable.ts';
import { sampleSavings } from '../queries/sampleSavings.ts';
import { agentId, experimentId, simulationId, type FileId } from '../lib/ids.ts';

export type Asked = readonly [question: string, ask: () => Promise<unknown>];

const first = async (engine: Engine, statement: ReturnType<typeof sql>) =>
  (await queryRows(engine, statement, { id: text }))[0]?.id;

/** The questions about one file: about its first experiment, the iterations 0 and 1 of BANK_A, and `run`. */
export async function everyQuestion(engine: Engine, file: FileId, run?: string): Promise<readonly Asked[]> {
  const files = { fileIds: [file] };
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
    ['experimentList', () => experimentList(engine, files)],
    ['listDetails', () => listDetails(engine, files)],
    ['listDetailsCheap', () => listDetailsCheap(engine, files)],
    ['runList', () => runList(engine, files)],
    ['dayCosts', () => dayCosts(engine, { fileId: file, withEvents: true })],
    ['unreadable', () => unreadable(engine, { fileId: file })],
    ['deskQueue of the file', () => deskQueue(engine, { fileId: file })],
    ['sampleSavings of the file', () => sampleSavings(engine, { fileId: file })],
    ...(experiment === undefined ? [] : aboutExperiment(engine, file, experiment)),
    ...(simulation === undefined ? [] : aboutRun(engine, file, simulation)),
  ];
}

function aboutExperiment(engine: Engine, file: FileId, id: string): readonly Asked[] {
  const scope = { fileId: file, experimentId: experimentId(id) };
  const agent = agentId('BANK_A');
  const ofIteration = [0, 1].flatMap((iteration): Asked[] => {
    const here = { ...scope, iteration, agentId: agent };
    return [
      [`iterationDetail ${iteration}`, () => iterationDetail(engine, here)],
      [`proposalDetail ${iteration}`, () => proposalDetail(engine, here)],
      [`exchange ${iteration}`, () => exchange(engine, here)],
      [`exchangeContext ${iteration}`, () => exchangeContext(engine, here)],
      [`evidenceOf ${iteration}`, () => evidenceOf(engine, here)],
    ];
  });
  return [
    ['experimentDossier', () => experimentDossier(engine, scope)],
    ['experimentFacts', () => experimentFacts(engine, scope)],
    ['deskQueue', () => deskQueue(engine, scope)],
    ['sampleSavings', () => sampleSavings(engine, scope)],
    ['policyHistory', () => policyHistory(engine, scope)],
    ['proposerModels', () => proposerModels(engine, scope)],
    ['checkedRuns', () => checkedRuns(engine, scope)],
    ...ofIteration,
  ];
}

function aboutRun(engine: Engine, file: FileId, id: string): readonly Asked[] {
  const scope = { fileId: file, simulationId: simulationId(id) };
  return [
    ['runSummary', () => runSummary(engine, scope)],
    ['runOutline', () => runOutline(engine, scope)],
    ['tickState', () => tickState(engine, scope, 0)],
    ['runSeries', () => runSeries(engine, scope, 'balance')],
    ['eventMatches', () => eventMatches(engine, scope, {})],
    ['eventPage', () => eventPage(engine, scope, {}, 0, 50)],
    ['seekEvent', () => seekEvent(engine, scope, {}, 0, 'next')],
    ['paymentCount', () => paymentCount(engine, scope, {})],
    ['paymentPage', () => paymentPage(engine, scope, {}, 0, 50)],
    ['paymentLife', () => paymentLife(engine, scope, 'tx-1')],
    ['bookChecks', () => bookChecks(engine, scope)],
    ['runTwins', () => runTwins(engine, scope, scope)],
    ['runInputs', () => runInputs(engine, scope)],
  ];
}
