/** Questions of the desk and of policies. A file of their own: what asks them is loaded on demand. */
import { deskQueue } from '../queries/deskQueue.ts';
import { exchangeContext } from '../queries/exchangeContext.ts';
import { policyHistory } from '../queries/policyHistory.ts';
import { proposalDetail } from '../queries/proposalDetail.ts';
import { proposerModels } from '../queries/proposerModels.ts';
import { sampleSavings } from '../queries/sampleSavings.ts';
import type { DeskScope, ExchangeScope, ExperimentScope } from '../queries/scope.ts';
import { orNull, type Answer } from './question.ts';

export const deskQuestions = {
  exchangeContext: (scope: ExchangeScope): Answer<typeof exchangeContext> => ({
    key: [scope.fileId, 'exchangeContext', scope.experimentId, scope.iteration, scope.agentId],
    ask: (engine, signal) => exchangeContext(engine, scope, signal),
  }),
  /** Of one experiment, or of all in the file. */
  deskQueue: (scope: DeskScope): Answer<typeof deskQueue> => ({
    key: [scope.fileId, 'deskQueue', ...(scope.experimentId === undefined ? [] : [scope.experimentId])],
    ask: (engine, signal) => deskQueue(engine, scope, signal),
  }),
  /** Of one experiment, or of all in the file. */
  sampleSavings: (scope: DeskScope): Answer<typeof sampleSavings> => ({
    key: [scope.fileId, 'sampleSavings', ...(scope.experimentId === undefined ? [] : [scope.experimentId])],
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
};
