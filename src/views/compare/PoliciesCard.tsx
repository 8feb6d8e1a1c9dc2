import type { ReactNode } from 'react';

import { useJoinedAnswers, useAnswer } from '../../data/useAnswer.ts';
import type { Exchange, IterationDetail } from '../../domain/answers/experiments.ts';
import { describePolicyChange } from '../../domain/policy/diff/describe.ts';
import { formatCount, plural } from '../../lib/format.ts';
import { type AgentId, agentId } from '../../lib/ids.ts';
import { exchange } from '../../queries/exchange.ts';
import { iterationDetail } from '../../queries/iterationDetail.ts';
import { Card } from '../../ui/Card.tsx';
import { Disclosure } from '../../ui/Disclosure.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { Select } from '../../ui/TextField.tsx';
import { formatPolicyChoice, parsePolicyChoice, type PolicyChoice } from '../../url/fields.ts';
import { PolicyComparison, ChoosePolicy } from '../policy/PolicyComparison.tsx';
import { TextDiff } from '../policy/TextDiff.tsx';
import { compareSides, type PolicySide } from '../policy/comparison.ts';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import { mostCompared } from '../shared/experimentWords.ts';
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

interface AnyPairCardProps {
  readonly compared: readonly Compared[];
  readonly baseline: Compared;
}

/** A policy of one of the experiments. */
interface Side extends PolicyChoice {
  readonly of: Compared;
}

/** Any policy of any of them against any other, agents matched by hand, with the prompts that brought them. */
export function AnyPairCard({ compared, baseline }: AnyPairCardProps) {
  const { search, patch } = useAddress(compareFields);
  const other = compared.find((one) => one !== baseline) ?? baseline;
  const left = readSide(search.left, compared) ?? finalSide(baseline, undefined);
  const right = readSide(search.right, compared) ?? finalSide(other, left.agent);
  const before = useAnswer(iterationDetail.about(scopeOf(left)));
  const after = useAnswer(iterationDetail.about(scopeOf(right)));
  const failed = before.error ?? after.error;
  const sides = [policyOf(left, before.data ?? undefined), policyOf(right, after.data ?? undefined)] as const;
  const chooser = (title: 'Left' | 'Right', side: Side, onChoose: (side: Side) => void) => (
    <ChoosePolicy
      title={title}
      agents={side.of.detail.agents}
      last={lastOf(side.of)}
      choice={side}
      onChoose={(choice) => onChoose({ ...choice, of: side.of })}
    >
      <Select
        label="Experiment"
        options={compared.map(({ id, label }) => ({ value: id, label }))}
        value={side.of.id}
        onChange={(id) => {
          const chosen = compared.find((one) => one.id === id);
          if (chosen !== undefined) onChoose(finalSide(chosen, side.agent));
        }}
      />
    </ChoosePolicy>
  );
  return (
    <Card title="Any two policies" aside="final against final at first" padded>
      <div className={styles.choosers}>
        {chooser('Left', left, (side) => patch({ left: sideText(side) }))}
        {chooser('Right', right, (side) => patch({ right: sideText(side) }))}
      </div>
      {failed !== null && <ErrorNotice error={failed} doing="reading the policies" />}
      {before.isPending || after.isPending ? (
        <ProgressBar doing="Reading the policies" />
      ) : (
        <>
          {sides[0].text !== undefined && sides[1].text !== undefined && (
            <p>{describePolicyChange(sides[0].text, sides[1].text)}.</p>
          )}
          <Disclosure summary="The two policies">
            <PolicyComparison before={sides[0]} after={sides[1]} of="the two policies" />
          </Disclosure>
          <Disclosure summary="The prompts of these two iterations">
            <Prompts left={left} right={right} />
          </Disclosure>
        </>
      )}
    </Card>
  );
}

/** The prompts that the proposers of the two iterations were given, as text. */
function Prompts({ left, right }: { readonly left: Side; readonly right: Side }) {
  const before = useAnswer(exchange.about({ ...scopeOf(left), agentId: agentId(left.agent) }));
  const after = useAnswer(exchange.about({ ...scopeOf(right), agentId: agentId(right.agent) }));
  const failed = before.error ?? after.error;
  if (failed !== null) return <ErrorNotice error={failed} doing="reading the prompts" />;
  if (before.isPending || after.isPending) return <ProgressBar doing="Reading the prompts" />;
  const kinds = [
    ['System prompt', ({ systemPrompt }: Exchange) => systemPrompt],
    ['User prompt', ({ userPrompt }: Exchange) => userPrompt],
  ] as const;
  return kinds.map(([name, of]) => {
    const sides = [
      { label: labelOf(left), text: before.data == null ? undefined : of(before.data) },
      { label: labelOf(right), text: after.data == null ? undefined : of(after.data) },
    ] as const;
    const absent = sides.filter(({ text }) => text === undefined);
    return (
      <section key={name} aria-label={name}>
        <h3>{name}</h3>
        {absent.length > 0 ? (
          <p>{absent.map(({ label }) => `${label}: none is recorded.`).join(' ')}</p>
        ) : sides[0].text === sides[1].text ? (
          <p>The same, to the letter.</p>
        ) : (
          <TextDiff comparison={compareSides(sides[0], sides[1])} />
        )}
      </section>
    );
  });
}

const lastOf = ({ detail }: Compared): number => detail.iterations.at(-1)?.iteration ?? 0;

/** The policy in force in the last iteration, of the agent of this name where there is one. */
function finalSide(of: Compared, agent: string | undefined): Side {
  const named = of.detail.agents.find((one) => one === agent) ?? of.detail.agents[0] ?? '';
  return { of, agent: named, iteration: lastOf(of), which: 'force' };
}

function readSide(text: string | undefined, compared: readonly Compared[]): Side | undefined {
  if (text === undefined) return undefined;
  const at = text.indexOf('~');
  const choice = parsePolicyChoice(text.slice(at + 1));
  const of = compared.find(({ id }) => idText(id) === text.slice(0, at));
  return choice === undefined || of === undefined ? undefined : { ...choice, of };
}

const idText = (id: string): string => encodeURIComponent(id).replaceAll('~', '%7E');
const sideText = ({ of, ...choice }: Side): string => `${idText(of.id)}~${formatPolicyChoice(choice)}`;

const scopeOf = ({ of, iteration }: Side) => ({
  fileId: of.file.fileId,
  experimentId: of.summary.experimentId,
  iteration,
});

const labelOf = ({ of, agent, iteration, which }: Side): string =>
  `${of.label}, ${agent}, iteration ${iteration}, ${which === 'force' ? 'in force' : 'proposed'}`;

function policyOf(side: Side, detail: IterationDetail | undefined): PolicySide {
  const found = detail?.agents.find((one) => one.agentId === side.agent);
  return {
    label: labelOf(side),
    text: side.which === 'force' ? found?.policyInForce : found?.proposedPolicy,
  };
}
