import type { Json } from '../../lib/json.ts';
import { parseJson } from '../../lib/json.ts';
import { likeness, policyBuild } from '../../domain/policy/history/build.ts';
import { samePolicy } from '../../domain/policy/same.ts';
import type { AgentIteration, ExchangeContext } from '../../domain/answers/experiments.ts';

export interface ParsedFinding {
  readonly words: string;
  /** The records do not fit each other. */
  readonly isOdd: boolean;
}

const read = (text: string | undefined): Json | undefined => {
  const parsed = text === undefined ? undefined : parseJson(text);
  return parsed?.ok === true ? parsed.value : undefined;
};

/** Names, descriptions and versions decide nothing. */
function sameButNames(a: Json | undefined, b: Json | undefined): boolean {
  if (samePolicy(a, b)) return true;
  const [one, other] = [policyBuild(a), policyBuild(b)];
  return one !== undefined && other !== undefined && likeness(one, other) === 'same';
}

type Stored = Pick<AgentIteration, 'policyInForce' | 'proposedPolicy'>;

/** The policy read from the answer against what stands in the next iteration and what was evaluated. */
export function parsedFindings(
  parsedText: string | undefined,
  { policyInForce, proposedPolicy }: Stored,
  { hasNextIteration, nextPolicy }: Pick<ExchangeContext, 'hasNextIteration' | 'nextPolicy'>,
  iteration: number,
): readonly ParsedFinding[] {
  const parsed = read(parsedText);
  if (parsed === undefined) return [];
  const findings: ParsedFinding[] = [];
  const evaluated = read(proposedPolicy);
  if (evaluated !== undefined && !sameButNames(evaluated, parsed)) {
    findings.push({
      words: 'The proposal shown elsewhere is not the policy read from this answer.',
      isOdd: true,
    });
  }
  findings.push(againstNext(parsed, read(policyInForce), read(nextPolicy), hasNextIteration, iteration + 1));
  return findings;
}

function againstNext(
  parsed: Json,
  current: Json | undefined,
  following: Json | undefined,
  hasNext: boolean,
  next: number,
): ParsedFinding {
  if (!hasNext) return { words: 'No later iteration shows what came into force.', isOdd: false };
  if (following === undefined) {
    return { words: `Iteration ${next} records no policy of this agent.`, isOdd: true };
  }
  const isCurrent = samePolicy(parsed, current);
  if (samePolicy(parsed, following)) {
    return {
      words: isCurrent
        ? `It is the policy that was in force already, and is in force in iteration ${next}.`
        : `It is in force in iteration ${next}, value for value.`,
      isOdd: false,
    };
  }
  if (sameButNames(parsed, following)) {
    return { words: `It is in force in iteration ${next}; only names differ.`, isOdd: false };
  }
  if (sameButNames(current, following)) {
    return { words: `It did not come into force: iteration ${next} keeps the policy.`, isOdd: false };
  }
  return { words: `Iteration ${next} holds another policy than this answer and than before.`, isOdd: true };
}
