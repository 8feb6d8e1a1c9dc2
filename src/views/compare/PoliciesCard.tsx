import type { ReactNode } from 'react';

import { useJoinedAnswers } from '../../data/useAnswer.ts';
import { describePolicyChange } from '../../domain/policy/diff/describe.ts';
import type { AgentId } from '../../lib/ids.ts';
import { iterationDetail } from '../../queries/iterationDetail.ts';
import { Card } from '../../ui/Card.tsx';
import { Disclosure } from '../../ui/Disclosure.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { PolicyComparison } from '../policy/PolicyComparison.tsx';
import { mostCompared } from '../shared/compareWords.ts';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import styles from './Compare.module.css';
import type { Compared } from './useCompared.ts';

interface PoliciesCardProps {
  readonly compared: readonly Compared[];
  readonly baseline: Compared;
  readonly agents: readonly AgentId[];
}

/** The policies in force in the last iteration of each against those of the baseline, agents matched by name. */
export function PoliciesCard({ compared, baseline, agents }: PoliciesCardProps) {
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
  const changesOf = (one: Compared) => (
    <section key={one.id} aria-label={`Final policies of ${one.label}`} className={styles.policies}>
      <h3>{one.label}</h3>
      {agents.map((agent) => {
        const [before, after] = [sideOf(baseline, agent), sideOf(one, agent)];
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
      })}
    </section>
  );
  return (
    <Card title="Final policies" aside={`against ${baseline.label}`} padded>
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
