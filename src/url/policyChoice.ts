/** One policy of an experiment in an address: `BANK_A.3.force`, `BANK_A.7.proposed`. */
export interface PolicyChoice {
  readonly agent: string;
  readonly iteration: number;
  readonly which: 'force' | 'proposed';
}

/** Taken apart from its end: an agent's id may hold points itself. */
export const policyChoicePattern = /^(.{1,480})\.(\d{1,9})\.(force|proposed)$/su;

/** Undefined for a text that names no policy. */
export function parsePolicyChoice(text: string | undefined): PolicyChoice | undefined {
  const found = text === undefined ? null : policyChoicePattern.exec(text);
  const [, agent, iteration, which] = found ?? [];
  if (agent === undefined || (which !== 'force' && which !== 'proposed')) return undefined;
  return { agent, iteration: Number(iteration), which };
}

export function formatPolicyChoice({ agent, iteration, which }: PolicyChoice): string {
  return `${agent}.${iteration}.${which}`;
}
