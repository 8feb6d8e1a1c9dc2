import type { ProposalDetail } from '../domain/answers/desk.ts';
import type { IterationDetail } from '../domain/answers/experiments.ts';
import { sql } from '../lib/sql.ts';
import { exchangeHeads } from './exchangeHeads.ts';
import { defineQuery } from './query.ts';
import { agentIterations, readBrokenExchanges } from './read/agentIterations.ts';
import { readEvaluationDetails } from './read/evaluationRows.ts';
import { readDecisions } from './read/experimentEvents.ts';
import { readConfig, readExperimentRow } from './read/experimentRow.ts';
import { readCosts, agentsTotal, readIterationRows, readIterationIndex } from './read/iterationRows.ts';
import { linkedRuns } from './read/runRows.ts';
import { ofExperiment, type IterationScope, type ExchangeScope } from './scope.ts';

/**
 * One iteration with its policies, proposals, samples and runs; undefined when nothing is recorded for it. An
 * iteration whose row was never written may still have exchanges (domain.md 11.28).
 */
export const iterationDetail = defineQuery({
  name: 'iterationDetail',
  scope: 'experiment',
  async run(engine, params: IterationScope, signal): Promise<IterationDetail | undefined> {
    const experiment = await readExperimentRow(engine, params, signal);
    if (experiment === undefined) return undefined;
    const { iteration } = params;
    const here = sql`${ofExperiment(params)} AND iteration = ${iteration}`;
    const index = await readIterationIndex(engine, params, signal);
    const next = index.nextIteration ?? iteration;
    const hereAndNext = sql`${ofExperiment(params)} AND iteration IN (${iteration}, ${next})`;
    const rows = await readIterationRows(engine, hereAndNext, signal);
    const evaluations = await readEvaluationDetails(engine, here, signal);
    const decisions = await readDecisions(engine, here, signal);
    const exchanges = await exchangeHeads(engine, { condition: here, fields: 'policy' }, signal);
    const row = rows.find((stored) => stored.iteration === iteration);
    const config = readConfig(experiment.config, experiment.masterSeed);
    const runs = await linkedRuns(engine, params, { config, ...index }, signal);
    const linked = runs.filter((run) => run.iteration === iteration);
    const broken = await readBrokenExchanges(engine, here, exchanges, signal);
    const agents = agentIterations({ iteration, rows, evaluations, decisions, exchanges, broken });
    if (row === undefined && agents.length + linked.length + broken.length === 0) return undefined;
    return {
      iteration,
      previousIteration: index.previousIteration,
      nextIteration: index.nextIteration,
      lastIteration: index.lastIteration,
      recordedAt: row?.recordedAt,
      totalCents: agentsTotal(readCosts(row?.costsPerAgent), index.pricedAgents),
      agents,
      unreadableExchanges: broken.filter(({ agentId }) => agentId === undefined).map(({ text }) => text),
      runs: linked,
    };
  },
});

/**
 * One agent in one iteration with its policies, proposal and samples: what `iterationDetail` says of it, without the
 * experiment's runs, so that a reviewer may step through many. Undefined when nothing is recorded.
 */
export const proposalDetail = defineQuery({
  name: 'proposalDetail',
  scope: 'experiment',
  async run(engine, params: ExchangeScope, signal): Promise<ProposalDetail | undefined> {
    const { iteration, agentId } = params;
    const scope = ofExperiment(params);
    const here = sql`${scope} AND iteration = ${iteration}`;
    // The last stored iteration tells a missing row k + 1 from the end.
    const around = sql`${scope} AND (iteration IN (${iteration}, ${iteration + 1})
      OR iteration = (SELECT max(iteration) FROM iterations WHERE ${scope}))`;
    const [rows, evaluations, decisions, exchanges] = await Promise.all([
      readIterationRows(engine, around, signal),
      readEvaluationDetails(engine, here, signal),
      readDecisions(engine, here, signal),
      exchangeHeads(engine, { condition: here, fields: 'policy' }, signal),
    ]);
    const broken = await readBrokenExchanges(engine, here, exchanges, signal);
    const agents = agentIterations({ iteration, rows, evaluations, decisions, exchanges, broken });
    return agents.find((agent) => agent.agentId === agentId);
  },
});
