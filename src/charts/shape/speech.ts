import type { AgentReadout, Readout, ReadoutFact } from './readout.ts';
import type { StopMark } from './stops.ts';
import { verdictWord } from './words.ts';

function spoken(facts: readonly ReadoutFact[]): string {
  return facts.map(({ label, text }) => `${label} ${text}`).join(', ');
}

/** What the live region says when the keyboard rests on a mark: the same words as the readout. */
export function speechFor(readout: Readout, mark: StopMark): string {
  const agent = readout.agents.find(({ agentId }) => agentId === mark.agentId);
  const where = `Iteration ${readout.iteration}, ${mark.agentId}`;
  if (agent === undefined) return `${where}.`;
  switch (mark.part) {
    case 'policy':
      return `${where}, policy in force: ${spoken(agent.policy)}.`;
    case 'proposal':
      return proposalSpeech(where, agent);
  }
}

function proposalSpeech(where: string, { proposal }: AgentReadout): string {
  if (proposal === undefined) return `${where}, no proposal is recorded.`;
  const facts = proposal.facts.length === 0 ? '' : `: ${spoken(proposal.facts)}`;
  const reason = proposal.reason === undefined ? '' : ` Reason: ${proposal.reason}`;
  return `${where}, proposal ${verdictWord(proposal.verdict, proposal.invalidBecause)}${facts}.${reason}`;
}
