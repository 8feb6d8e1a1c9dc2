/** Every question a screen may ask, with the key of its answer: the file first, so that a closed file's go. */
import { deskQueue, type DeskScope } from '../queries/deskQueue.ts';
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
import { runList } from '../queries/runList.ts';
import { runOutline } from '../queries/run/runOutline.ts';
import { evidenceOf } from '../queries/run/evidenceOf.ts';
import { runTwins } from '../queries/run/runTwins.ts';
import { bookChecks } from '../queries/run/bookChecks.ts';
import { eventMatches, eventPage, seekEvent } from '../queries/run/runEvents.ts';
import { paymentLife } from '../queries/run/paymentLife.ts';
import { paymentCount, paymentPage } from '../queries/run/runPayments.ts';
import { runSeries } from '../queries/run/runSeries.ts';
import { tickState } from '../queries/run/tickState.ts';
import { runSummary } from '../queries/runSummary.ts';
import { sampleSavings } from '../queries/sampleSavings.ts';
import type { ExchangeScope, ExperimentScope, IterationScope, RunScope } from '../queries/scope.ts';
import type { FileId } from '../schema/ids.ts';
import type { EventFilter, PaymentFilter, RunMetric } from '../schema/replayAnswers.ts';
import type { Question } from './useAnswer.ts';

/** The cache takes `undefined` for "no answer yet", so "the file has none" is null. */
type Known<T> = undefined extends T ? Exclude<T, undefined> | null : T;
type Answer<F extends (...args: never[]) => Promise<unknown>> = Question<Known<Awaited<ReturnType<F>>>>;

const orNull = async <T>(answer: Promise<T | undefined>): Promise<T | null> => (await answer) ?? null;

/** Equal filters give equal text, whatever the order of their fields. */
const filterKey = (filter: EventFilter | PaymentFilter): string =>
  JSON.stringify(Object.entries(filter).sort(([a], [b]) => (a < b ? -1 : 1)));

export const questions = {
  experimentList: (fileId: FileId): Answer<typeof experimentList> => ({
    key: [fileId, 'experimentList'],
    ask: (engine, signal) => experimentList(engine, { fileIds: [fileId] }, signal),
  }),
  /** `exact` derives every verdict; otherwise evaluation rows alone are counted. */
  listDetails: (fileId: FileId, exact: boolean): Answer<typeof listDetails> => ({
    key: [fileId, 'listDetails', exact ? 'exact' : 'cheap'],
    ask: (engine, signal) => (exact ? listDetails : listDetailsCheap)(engine, { fileIds: [fileId] }, signal),
  }),
  /** `withOrphans` scans payments and events for runs without a row of their own. */
  runList: (fileId: FileId, withOrphans: boolean): Answer<typeof runList> => ({
    key: [fileId, 'runList', withOrphans ? 'all' : 'rows'],
    ask: (engine, signal) =>
      runList(engine, { fileIds: [fileId], withoutOrphans: withOrphans ? [] : [fileId] }, signal),
  }),
  experimentDossier: (scope: ExperimentScope): Answer<typeof experimentDossier> => ({
    key: [scope.fileId, 'experimentDossier', scope.experimentId],
    ask: (engine, signal) => orNull(experimentDossier(engine, scope, signal)),
  }),
  experimentFacts: (scope: ExperimentScope): Answer<typeof experimentFacts> => ({
    key: [scope.fileId, 'experimentFacts', scope.experimentId],
    ask: (engine, signal) => orNull(experimentFacts(engine, scope, signal)),
  }),
  iterationDetail: (scope: IterationScope): Answer<typeof iterationDetail> => ({
    key: [scope.fileId, 'iterationDetail', scope.experimentId, scope.iteration],
    ask: (engine, signal) => orNull(iterationDetail(engine, scope, signal)),
  }),
  exchange: (scope: ExchangeScope): Answer<typeof exchange> => ({
    key: [scope.fileId, 'exchange', scope.experimentId, scope.iteration, scope.agentId],
    ask: (engine, signal) => orNull(exchange(engine, scope, signal)),
  }),
  exchangeContext: (scope: ExchangeScope): Answer<typeof exchangeContext> => ({
    key: [scope.fileId, 'exchangeContext', scope.experimentId, scope.iteration, scope.agentId],
    ask: (engine, signal) => exchangeContext(engine, scope, signal),
  }),
  /** Of one experiment, or of all in the file. */
  deskQueue: (scope: DeskScope): Answer<typeof deskQueue> => ({
    key: [scope.fileId, 'deskQueue', ...(scope.experimentId === undefined ? [] : [scope.experimentId])],
    ask: (engine, signal) => deskQueue(engine, scope, signal),
  }),
  sampleSavings: (scope: ExperimentScope): Answer<typeof sampleSavings> => ({
    key: [scope.fileId, 'sampleSavings', scope.experimentId],
    ask: (engine, signal) => sampleSavings(engine, scope, signal),
  }),
  proposalDetail: (scope: ExchangeScope): Answer<typeof proposalDetail> => ({
    key: [scope.fileId, 'proposalDetail', scope.experimentId, scope.iteration, scope.agentId],
    ask: (engine, signal) => orNull(proposalDetail(engine, scope, signal)),
  }),
  policyHistory: (scope: ExperimentScope): Answer<typeof policyHistory> => ({
    key: [scope.fileId, 'policyHistory', scope.experimentId],
    ask: (engine, signal) => policyHistory(engine, scope, signal),
  }),
  proposerModels: (scope: ExperimentScope): Answer<typeof proposerModels> => ({
    key: [scope.fileId, 'proposerModels', scope.experimentId],
    ask: (engine, signal) => proposerModels(engine, scope, signal),
  }),
  runSummary: (scope: RunScope): Answer<typeof runSummary> => ({
    key: [scope.fileId, 'runSummary', scope.simulationId],
    ask: (engine, signal) => orNull(runSummary(engine, scope, signal)),
  }),
  runOutline: (scope: RunScope): Answer<typeof runOutline> => ({
    key: [scope.fileId, 'runOutline', scope.simulationId],
    ask: (engine, signal) => orNull(runOutline(engine, scope, signal)),
  }),
  tickState: (scope: RunScope, tick: number): Answer<typeof tickState> => ({
    key: [scope.fileId, 'tickState', scope.simulationId, tick],
    ask: (engine, signal) => orNull(tickState(engine, scope, tick, signal)),
  }),
  runSeries: (scope: RunScope, metric: RunMetric): Answer<typeof runSeries> => ({
    key: [scope.fileId, 'runSeries', scope.simulationId, metric],
    ask: (engine, signal) => orNull(runSeries(engine, scope, metric, signal)),
  }),
  eventMatches: (scope: RunScope, filter: EventFilter): Answer<typeof eventMatches> => ({
    key: [scope.fileId, 'eventMatches', scope.simulationId, filterKey(filter)],
    ask: (engine, signal) => orNull(eventMatches(engine, scope, filter, signal)),
  }),
  eventPage: (
    scope: RunScope,
    filter: EventFilter,
    offset: number,
    limit: number,
  ): Answer<typeof eventPage> => ({
    key: [scope.fileId, 'eventPage', scope.simulationId, filterKey(filter), offset, limit],
    ask: (engine, signal) => eventPage(engine, scope, filter, offset, limit, signal),
  }),
  seekEvent: (
    scope: RunScope,
    filter: EventFilter,
    fromTick: number,
    direction: 'next' | 'previous',
  ): Answer<typeof seekEvent> => ({
    key: [scope.fileId, 'seekEvent', scope.simulationId, filterKey(filter), fromTick, direction],
    ask: (engine, signal) => orNull(seekEvent(engine, scope, filter, fromTick, direction, signal)),
  }),
  paymentCount: (scope: RunScope, filter: PaymentFilter): Answer<typeof paymentCount> => ({
    key: [scope.fileId, 'paymentCount', scope.simulationId, filterKey(filter)],
    ask: (engine, signal) => orNull(paymentCount(engine, scope, filter, signal)),
  }),
  paymentPage: (
    scope: RunScope,
    filter: PaymentFilter,
    offset: number,
    limit: number,
  ): Answer<typeof paymentPage> => ({
    key: [scope.fileId, 'paymentPage', scope.simulationId, filterKey(filter), offset, limit],
    ask: (engine, signal) => paymentPage(engine, scope, filter, offset, limit, signal),
  }),
  paymentLife: (scope: RunScope, txId: string): Answer<typeof paymentLife> => ({
    key: [scope.fileId, 'paymentLife', scope.simulationId, txId],
    ask: (engine, signal) => orNull(paymentLife(engine, scope, txId, signal)),
  }),
  bookChecks: (scope: RunScope): Answer<typeof bookChecks> => ({
    key: [scope.fileId, 'bookChecks', scope.simulationId],
    ask: (engine, signal) => orNull(bookChecks(engine, scope, signal)),
  }),
  runTwins: (first: RunScope, second: RunScope): Answer<typeof runTwins> => ({
    key: [first.fileId, 'runTwins', first.simulationId, second.fileId, second.simulationId],
    ask: (engine, signal) => orNull(runTwins(engine, first, second, signal)),
  }),
  evidenceOf: (scope: ExchangeScope): Answer<typeof evidenceOf> => ({
    key: [scope.fileId, 'evidenceOf', scope.experimentId, scope.iteration, scope.agentId],
    ask: (engine, signal) => orNull(evidenceOf(engine, scope, signal)),
  }),
};
