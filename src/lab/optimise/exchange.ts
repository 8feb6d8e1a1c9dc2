import { isJsonObject, parseJson, type JsonObject } from '../../lib/json.ts';
import { samePolicy } from '../../domain/policy/same.ts';
import { describeProblems, loadPolicy } from '../../domain/policy/interpret/loadPolicy.ts';
import type { AgentPolicy } from '../record/recordRun.ts';
import type { ProposalContext, Proposer, ProposerAnswer } from './proposer.ts';

/** What an answer turned out to be. */
type Reading =
  | { readonly kind: 'policy'; readonly policy: AgentPolicy }
  /** The very policy in force: nothing to compare. */
  | { readonly kind: 'no_change'; readonly policy: AgentPolicy }
  /** JSON, but no policy that can be evaluated. */
  | { readonly kind: 'invalid'; readonly json: JsonObject; readonly error: string }
  | { readonly kind: 'unparsable'; readonly error: string };

export interface Exchange {
  readonly answer: ProposerAnswer;
  readonly model: string;
  readonly reading: Reading;
  readonly latencySeconds: number;
}

/** The JSON of an answer: the whole of it, or the first fenced block. */
function jsonText(raw: string): string {
  return /```(?:json)?\s*\n([\s\S]*?)```/.exec(raw)?.[1] ?? raw;
}

function readAnswer(raw: string, current: JsonObject): Reading {
  const parsed = parseJson(jsonText(raw));
  if (!parsed.ok) return { kind: 'unparsable', error: `no JSON: ${parsed.error}` };
  if (!isJsonObject(parsed.value)) return { kind: 'unparsable', error: 'the answer is not a JSON object' };
  const json = parsed.value;
  const loaded = loadPolicy(json);
  if (!loaded.ok) return { kind: 'invalid', json, error: describeProblems(loaded.error) };
  const policy = { json, loaded: loaded.value };
  return { kind: samePolicy(json, current) ? 'no_change' : 'policy', policy };
}

export async function ask(
  proposer: Proposer,
  context: ProposalContext,
  elapsed: () => number,
): Promise<Exchange> {
  const start = elapsed();
  const answer = await proposer.propose(context);
  return {
    answer,
    model: proposer.model,
    reading: readAnswer(answer.rawResponse, context.policy),
    latencySeconds: elapsed() - start,
  };
}

/** Words between white space: what the original calls tokens (domain.md 0.10). */
function wordCount(text: string): number {
  return text.split(/\s+/).filter((word) => word !== '').length;
}

/** The event of domain.md 5.1, key by key. */
export function exchangeEvent(agentId: string, exchange: Exchange): JsonObject {
  const { answer, reading } = exchange;
  const { systemPrompt, userPrompt, rawResponse } = answer;
  const failed = reading.kind === 'invalid' || reading.kind === 'unparsable';
  return {
    agent_id: agentId,
    system_prompt: systemPrompt,
    user_prompt: userPrompt,
    raw_response: rawResponse,
    parsed_policy:
      reading.kind === 'unparsable' ? null : reading.kind === 'invalid' ? reading.json : reading.policy.json,
    parsing_error: failed ? reading.error : null,
    model: exchange.model,
    prompt_tokens: wordCount(systemPrompt) + wordCount(userPrompt),
    completion_tokens: wordCount(rawResponse),
    latency_seconds: exchange.latencySeconds,
  };
}
