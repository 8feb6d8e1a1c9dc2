import { sql } from '../lib/sql.ts';
import type { ProposalDetail } from '../domain/answers/desk.ts';
import { exchangeHeads } from './exchangeHeads.ts';
import { agentIterations, readBrokenExchanges } from './read/agentIterations.ts';
import { readDecisions } from './read/experimentEvents.ts';
import { readEvaluationDetails } from './read/evaluationRows.ts';
import { readIterationRows } from './read/iterationRows.ts';
import { defineQuery } from './query.ts';
import { ofExperiment, type ExchangeScope } from './scope.ts';

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
