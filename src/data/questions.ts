/** Questions of the lists, of an experiment and of an iteration. Keys name the file first, so that a closed file's go. */
import type { contradictions } from '../queries/contradictions.ts';
import type { dayCosts } from '../queries/dayCosts.ts';
import { exchange } from '../queries/exchange.ts';
import { experimentDossier } from '../queries/experimentDossier.ts';
import { experimentFacts } from '../queries/experimentFacts.ts';
import { experimentList } from '../queries/experimentList.ts';
import { iterationDetail } from '../queries/iterationDetail.ts';
import { listDetails } from '../queries/listDetails.ts';
import { listDetailsCheap } from '../queries/listDetailsCheap.ts';
import { runList } from '../queries/runList.ts';
import type { unreadable, UnreadableScope } from '../queries/unreadable.ts';
import type { DeskScope, ExchangeScope, ExperimentScope, IterationScope } from '../queries/scope.ts';
import type { FileId } from '../lib/ids.ts';
import { orNull, type Answer } from './question.ts';

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
  /** Of a file, one experiment or one run. */
  unreadable: (scope: UnreadableScope): Answer<typeof unreadable> => ({
    key: [scope.fileId, 'unreadable', scope.experimentId ?? '', scope.simulationId ?? ''],
    // Loaded when it is asked: the list stands before it.
    ask: async (engine, signal) =>
      (await import('../queries/unreadable.ts')).unreadable(engine, scope, signal),
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
  /** Of one experiment, or of all in the file. */
  contradictions: (scope: DeskScope): Answer<typeof contradictions> => ({
    key: [scope.fileId, 'contradictions', ...(scope.experimentId === undefined ? [] : [scope.experimentId])],
    ask: async (engine, signal) =>
      (await import('../queries/contradictions.ts')).contradictions(engine, scope, signal),
  }),
  /** `withEvents` counts each day from the events of the file. */
  dayCosts: (fileId: FileId, withEvents: boolean): Answer<typeof dayCosts> => ({
    key: [fileId, 'dayCosts', withEvents ? 'counted' : 'claimed'],
    ask: async (engine, signal) =>
      (await import('../queries/dayCosts.ts')).dayCosts(engine, { fileId, withEvents }, signal),
  }),
  exchange: (scope: ExchangeScope): Answer<typeof exchange> => ({
    key: [scope.fileId, 'exchange', scope.experimentId, scope.iteration, scope.agentId],
    ask: (engine, signal) => orNull(exchange(engine, scope, signal)),
  }),
};
