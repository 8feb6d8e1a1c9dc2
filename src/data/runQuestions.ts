/** Questions about the inside of a run. A file of their own: what asks them is loaded on demand. */
import { runOutline } from '../queries/run/runOutline.ts';
import { evidenceOf } from '../queries/run/evidenceOf.ts';
import { runTwins } from '../queries/run/runTwins.ts';
import { bookChecks } from '../queries/run/bookChecks.ts';
import { eventMatches, eventPage, seekEvent } from '../queries/run/runEvents.ts';
import { paymentLife } from '../queries/run/paymentLife.ts';
import { paymentCount, paymentPage } from '../queries/run/runPayments.ts';
import { runDays } from '../queries/run/runDays.ts';
import { runSeries } from '../queries/run/runSeries.ts';
import { tickState } from '../queries/run/tickState.ts';
import { runSummary } from '../queries/runSummary.ts';
import type { ExchangeScope, RunScope } from '../queries/scope.ts';
import type { EventFilter, PaymentFilter, RunMetric } from '../domain/answers/runs.ts';
import { orNull, type Answer } from './question.ts';

/** Equal filters give equal text, whatever the order of their fields. */
const filterKey = (filter: EventFilter | PaymentFilter): string =>
  JSON.stringify(Object.entries(filter).sort(([a], [b]) => (a < b ? -1 : 1)));

export const runQuestions = {
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
  runDays: (scope: RunScope): Answer<typeof runDays> => ({
    key: [scope.fileId, 'runDays', scope.simulationId],
    ask: (engine, signal) => runDays(engine, scope, signal),
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
