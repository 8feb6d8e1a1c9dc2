import { contextText, type ProposalContext, type Proposer } from './proposer.ts';

/** A proposer that answers what a script says; the context goes back unchanged where the script is silent. */
export function scriptedProposer(script: (context: ProposalContext) => string | undefined): Proposer {
  return {
    model: 'scripted',
    propose: (context) =>
      Promise.resolve({
        systemPrompt: '{"proposer":"scripted"}',
        userPrompt: contextText(context),
        rawResponse: script(context) ?? JSON.stringify(context.policy),
      }),
  };
}
