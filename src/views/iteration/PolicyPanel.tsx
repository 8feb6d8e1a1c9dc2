import type { AgentIteration } from '../../schema/answers.ts';
import { Disclosure } from '../../ui/Disclosure.tsx';
import { LongText } from '../../ui/LongText.tsx';
import { prettyJson } from '../shared/prettyJson.ts';
import { ParametersTable } from './ParametersTable.tsx';

/** The policy in force and the proposed one: parameters side by side, then each as it is stored. */
export function PolicyPanel({ agent }: { agent: AgentIteration }) {
  const { policyInForce, proposedPolicy } = agent;
  return (
    <>
      <h3>Policies</h3>
      <ParametersTable agentId={agent.agentId} inForce={policyInForce} proposed={proposedPolicy} />
      {policyInForce === undefined ? (
        <p>No policy of this agent is stored in this iteration.</p>
      ) : (
        <Disclosure summary="Policy in force">
          <LongText
            what={`the policy in force of ${agent.agentId}`}
            text={prettyJson(policyInForce)}
            lines={40}
          />
        </Disclosure>
      )}
      {proposedPolicy !== undefined && (
        <Disclosure summary="Proposed policy">
          <LongText
            what={`the proposed policy of ${agent.agentId}`}
            text={prettyJson(proposedPolicy)}
            lines={40}
          />
        </Disclosure>
      )}
    </>
  );
}
