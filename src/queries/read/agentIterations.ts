import type { AgentIteration } from '../../domain/answers/experiments.ts';
import type { Proposal } from '../../domain/experiment/normalised.ts';
import { memberTexts, parsePolicies } from '../../domain/policy/policyJson.ts';
import { deriveVerdicts } from '../../domain/verdict/deriveVerdicts.ts';
import { byIterationAndAgent, type DecisionEvidence } from '../../domain/verdict/evidence.ts';
import type { Engine } from '../../engine/engine.ts';
import { queryRows, text } from '../../engine/rows.ts';
import { groupBy } from '../../lib/groupBy.ts';
import { agentId, type AgentId } from '../../lib/ids.ts';
import { formatJson, type Json } from '../../lib/json.ts';
import { join, literal, sql, type Sql } from '../../lib/sql.ts';
import type { ExchangeHead } from '../exchangeHeads.ts';
import {
  extrasOf,
  noSamples,
  samplesOf,
  type EvaluationDetail,
  evaluationEvidence,
} from './evaluationRows.ts';
import {
  readCosts,
  unreadableCosts,
  iterationEvidence,
  type StoredIteration,
  agentOfKey,
} from './iterationRows.ts';

/** What is stored for one iteration, and the row after it. */
interface IterationRecords {
  readonly iteration: number;
  readonly rows: readonly StoredIteration[];
  readonly evaluations: readonly EvaluationDetail[];
  readonly decisions: readonly DecisionEvidence[];
  readonly exchanges: readonly ExchangeHead[];
  readonly broken: readonly BrokenExchange[];
}

/** Each agent of one iteration with its policy, proposal and samples; in the order of the policies. */
export function agentIterations(records: IterationRecords): AgentIteration[] {
  const { iteration, rows, decisions, exchanges, broken } = records;
  const row = rows.find((stored) => stored.iteration === iteration);
  const next = rows.find((stored) => stored.iteration === iteration + 1);
  const costs = readCosts(row?.costsPerAgent);
  const inForce = policyTexts(row?.policies);
  const storedCosts = unreadableCosts(row?.costsPerAgent, new Set(inForce.keys()));
  const following = policyTexts(next?.policies);
  const evaluations = groupBy(records.evaluations, (stored) => agentId(stored.agentId));
  const decided = byIterationAndAgent(decisions).get(iteration);
  const asked = byIterationAndAgent(exchanges).get(iteration);
  const proposals = proposalsOf(records);
  const agents = [...inForce.keys(), ...costs.keys(), ...proposals.keys(), ...(asked?.keys() ?? [])];
  for (const { agentId: named } of broken) if (named !== undefined) agents.push(named);
  return [...new Set(agents)].map((agent) => {
    const proposal = proposals.get(agent);
    const evaluation = judgedBy(evaluations.get(agent) ?? [], proposal);
    const recorded = decided?.get(agent)?.policy ?? asked?.get(agent)?.policy;
    return {
      agentId: agent,
      costCents: costs.get(agent),
      storedCost: storedCosts.get(agent),
      policyInForce: inForce.get(agent),
      proposal,
      proposedPolicy: evaluation?.proposedPolicy ?? proposedText(proposal, recorded, following.get(agent)),
      evaluation: evaluation === undefined ? undefined : extrasOf(evaluation),
      ...(evaluation === undefined ? noSamples : samplesOf(evaluation)),
      hasExchange: asked?.has(agent) === true,
      unreadableExchanges: broken.filter(({ agentId: named }) => named === agent).map(({ text }) => text),
    };
  });
}

/** Of several rows the one whose numbers the proposal has, so that its samples are beside them. */
export function judgedBy(
  rows: readonly EvaluationDetail[],
  proposal: Proposal | undefined,
): EvaluationDetail | undefined {
  const own = rows.find(
    (row) =>
      row.accepted === (proposal?.verdict === 'accepted') &&
      row.oldCostCents === proposal?.oldCostCents &&
      row.newCostCents === proposal?.newCostCents &&
      row.deltaSumCents === proposal?.deltaSumCents,
  );
  return own ?? rows.at(0);
}

function proposalsOf(records: IterationRecords): ReadonlyMap<AgentId, Proposal> {
  const { iteration, rows, evaluations, decisions, exchanges } = records;
  const judged = deriveVerdicts({
    iterations: [...iterationEvidence(rows)],
    evaluations: [...evaluationEvidence(evaluations, rows)],
    decisions,
    exchanges,
  });
  const here = judged.filter((proposal) => proposal.iteration === iteration);
  return new Map(here.map((proposal) => [proposal.agentId, proposal]));
}

function policyTexts(stored: string | undefined): ReadonlyMap<AgentId, string> {
  if (stored === undefined || !parsePolicies(stored).ok) return new Map();
  return new Map([...memberTexts(stored)].map(([key, policy]) => [agentId(key), policy]));
}

/** Of an acceptance that was seen in the policies, the policy that followed; else what the records name. */
function proposedText(
  proposal: Proposal | undefined,
  recorded: Json | undefined,
  following: string | undefined,
): string | undefined {
  if (proposal === undefined) return undefined;
  const seen =
    proposal.verdict === 'accepted' && proposal.verdictSource === 'derived from the next iteration';
  if (seen && following !== undefined) return following;
  if (recorded !== undefined && recorded !== null) return formatJson(recorded);
  return proposal.verdict === 'accepted' ? following : undefined;
}

/** An exchange that is stored and of which no fields could be read. */
interface BrokenExchange {
  /** Where its text still names one. */
  readonly agentId: AgentId | undefined;
  /** As stored, its first 100,000 characters. */
  readonly text: string;
}

const keptLength = 100_000;
const named = /"agent_id"\s*:\s*"((?:[^"\\]|\\.)*)"/;

/** The exchanges of one file under a condition that are not among those that were read. */
export async function readBrokenExchanges(
  engine: Engine,
  condition: Sql,
  read: readonly { readonly eventId: number }[],
  signal: AbortSignal | undefined,
): Promise<readonly BrokenExchange[]> {
  const ids = join(
    read.map(({ eventId }) => literal(eventId)),
    ', ',
  );
  const others = read.length === 0 ? sql`` : sql`AND event_id NOT IN (${ids})`;
  const statement = sql`SELECT coalesce(left(event_data, ${keptLength}), '') AS stored FROM experiment_events
    WHERE ${condition} AND event_type = 'llm_interaction' ${others} ORDER BY event_id`;
  const rows = await queryRows(engine, statement, { stored: text }, signal);
  return rows.map(({ stored }) => {
    const key = named.exec(stored)?.[1];
    return { agentId: key === undefined ? undefined : agentOfKey(key), text: stored };
  });
}
