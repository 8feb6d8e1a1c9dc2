import { useMemo } from 'react';

import { describePolicyChange } from '../../domain/policy/diff/describe.ts';
import type { IterationScope } from '../../queries/scope.ts';
import type { AgentIteration } from '../../domain/answers/experiments.ts';
import { Disclosure } from '../../ui/Disclosure.tsx';
import { LongText } from '../../ui/LongText.tsx';
import { hrefTo } from '../../url/addresses.ts';
import { formatPolicyChoice, type PolicyChoice } from '../../url/policyChoice.ts';
import { PolicyComparison } from '../policy/PolicyComparison.tsx';
import { prettyJson } from '../shared/prettyJson.ts';
import { useAddress } from '../shared/useAddress.ts';
import { iterationFields } from './fields.ts';

/** What the proposal changes of the policy in force, then each policy as it is stored. */
export function PolicyPanel({ scope, agent }: { scope: IterationScope; agent: AgentIteration }) {
  const { policyInForce, proposedPolicy } = agent;
  const { search } = useAddress(iterationFields);
  const choice = (which: PolicyChoice['which']) =>
    formatPolicyChoice({ agent: agent.agentId, iteration: scope.iteration, which });
  const compareHref = hrefTo('/experiments/$experimentId/policies', search, {
    experimentId: scope.experimentId,
    left: choice('force'),
    right: choice(proposedPolicy === undefined ? 'force' : 'proposed'),
  });
  const words = useMemo(
    () => describePolicyChange(policyInForce, proposedPolicy),
    [policyInForce, proposedPolicy],
  );
  return (
    <>
      <h3>{proposedPolicy === undefined ? 'Policies' : 'What changes'}</h3>
      {proposedPolicy !== undefined && <p>{words}.</p>}
      <PolicyComparison
        of={agent.agentId}
        before={{ label: 'In force', text: policyInForce }}
        after={{ label: 'Proposed', text: proposedPolicy }}
      />
      <p>
        <a href={compareHref}>Compare with another policy</a>
      </p>
      {policyInForce !== undefined && (
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
