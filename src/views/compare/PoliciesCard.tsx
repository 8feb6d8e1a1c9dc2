import type { ReactNode } from 'react';

import { useJoinedAnswers } from '../../data/useAnswer.ts';
import { describePolicyChange } from '../../domain/policy/diff/describe.ts';
import { formatCount, plural } from '../../lib/format.ts';
import type { AgentId } from '../../lib/ids.ts';
import { iterationDetail } from '../../queries/iterationDetail.ts';
import { Card } from '../../ui/Card.tsx';
import { Disclosure } from '../../ui/Disclosure.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { Select } from '../../ui/TextField.tsx';
import { PolicyComparison } from '../policy/PolicyComparison.tsx';
import { mostCompared } from '../shared/experimentWords.ts';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import { useAddress } from '../shared/useAddress.ts';
import styles from './Compare.module.css';
import type { Entry } from './entries.ts';
import { compareFields } from './fields.ts';
import type { Compared } from './useCompared.ts';

interface PoliciesCardProps {
  readonly compared: readonly Compared[];
  readonly baseline: Entry;
  readonly agents: readonly AgentId[];
}

/** Of more experiments the policies of each are folded. */
const mostUnfolded = 3;

/**
 * The policies in force in the last iteration of each against those of the baseline, agents matched by name. Policies
 * have no mean: of a group one pass stands for it, which is said and can be chosen.
 */
export function PoliciesCard({ compared, baseline: entry, agents }: PoliciesCardProps) {
  const { search, patch } = useAddress(compareFields);
  const passes = entry.members;
  const baseline = passes.find(({ id }) => id === search.pass) ?? passes[0];
  if (baseline === undefined) return null;
  const choose =
    passes.length > 1 ? (
      <Select
        label="Against the pass"
        value={baseline.id}
        options={passes.map(({ id, label, summary }) => ({
          value: id,
          label: summary.masterSeed === undefined ? label : `${label}, seed ${summary.masterSeed}`,
        }))}
        onChange={(pass) => patch({ pass: pass === passes[0]?.id ? undefined : pass })}
      />
    ) : undefined;
  return (
    <FinalPolicies
      compared={compared}
      baseline={baseline}
      agents={agents}
      against={
        passes.length > 1 ? `${entry.label} by one of its passes, as policies have no mean` : baseline.label
      }
      choose={choose}
    />
  );
}

interface FinalPoliciesProps {
  readonly compared: readonly Compared[];
  readonly baseline: Compared;
  readonly agents: readonly AgentId[];
  readonly against: string;
  readonly choose: ReactNode;
}

function FinalPolicies({ compared, baseline, agents, against, choose }: FinalPoliciesProps) {
  const { data, isLoading, error } = useJoinedAnswers(
    compared.map(({ file, summary, detail }) =>
      iterationDetail.about({
        fileId: file.fileId,
        experimentId: summary.experimentId,
        iteration: detail.iterations.at(-1)?.iteration ?? 0,
      }),
    ),
  );
  const sideOf = (one: Compared, agent: AgentId) => ({
    label: `${one.label}, iteration ${one.detail.iterations.at(-1)?.iteration ?? 0}`,
    text: data[compared.indexOf(one)]?.agents.find(({ agentId }) => agentId === agent)?.policyInForce,
  });
  const others = compared.filter((one) => one !== baseline);
  const changesOf = (one: Compared) => {
    const pairs = agents.map((agent) => ({
      agent,
      before: sideOf(baseline, agent),
      after: sideOf(one, agent),
    }));
    const lines = pairs.map(({ agent, before, after }) => {
      if (before.text === undefined || after.text === undefined)
        return (
          <p key={agent}>
            {agent}: {before.text === undefined ? before.label : after.label} stores no policy of it.
          </p>
        );
      return (
        <Disclosure key={agent} summary={`${agent}: ${describePolicyChange(before.text, after.text)}`}>
          <PolicyComparison before={before} after={after} of={`${agent} in ${one.label}`} />
        </Disclosure>
      );
    });
    const name = `Final policies of ${one.label}`;
    if (others.length > mostUnfolded) {
      const same = pairs.filter(
        ({ before, after }) => before.text !== undefined && before.text === after.text,
      ).length;
      return (
        <section key={one.id} aria-label={name} className={styles.policies}>
          <Disclosure
            summary={`${one.label}: ${formatCount(same)} of ${plural(agents.length, 'policy', 'policies')} the same to the letter`}
          >
            {lines}
          </Disclosure>
        </section>
      );
    }
    return (
      <section key={one.id} aria-label={name} className={styles.policies}>
        <h3>{one.label}</h3>
        {lines}
      </section>
    );
  };
  return (
    <Card title="Final policies" aside={`against ${against}`} actions={choose} padded>
      {error !== undefined && <ErrorNotice error={error} doing="reading the final policies" />}
      {isLoading ? (
        <ProgressBar doing="Reading the final policies" />
      ) : (
        <>
          {others.slice(0, mostCompared).map(changesOf)}
          {others.length > mostCompared && (
            <Disclosure summary={`Of ${others.length - mostCompared} more`}>
              <FurtherPolicies of={others.slice(mostCompared)} draw={changesOf} />
            </Disclosure>
          )}
        </>
      )}
    </Card>
  );
}

/** Compared only once they are asked for. */
function FurtherPolicies({
  of,
  draw,
}: {
  readonly of: readonly Compared[];
  readonly draw: (one: Compared) => ReactNode;
}) {
  return of.map(draw);
}
