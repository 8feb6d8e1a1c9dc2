import type { OpenFile } from '../../data/session/state.ts';
import { useAnswer } from '../../data/useAnswer.ts';
import { experimentDetail } from '../../queries/experimentDetail.ts';
import { iterationDetail } from '../../queries/iterationDetail.ts';
import { describePolicyChange } from '../../domain/policy/diff/describe.ts';
import type { IterationDetail } from '../../domain/answers/experiments.ts';
import type { ExperimentDetail, ExperimentSummary } from '../../domain/experiment/normalised.ts';
import { Card } from '../../ui/Card.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { hrefTo } from '../../url/addresses.ts';
import { formatPolicyChoice, parsePolicyChoice, type PolicyChoice } from '../../url/fields.ts';
import type { PolicySide } from '../policy/comparison.ts';
import { ChoosePolicy, PolicyComparison } from '../policy/PolicyComparison.tsx';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import { Located } from '../shared/Located.tsx';
import { PageBody, PageHead } from '../shared/Page.tsx';
import { useAddress } from '../shared/useAddress.ts';
import styles from './PoliciesView.module.css';
import { policiesFields } from './fields.ts';

/** Any policy of an experiment against any other of it. */
export function PoliciesView({ experimentId }: { experimentId: string }) {
  return (
    <Located id={experimentId}>
      {({ file, summary }) => <Policies key={file.fileId} file={file} summary={summary} />}
    </Located>
  );
}

function Policies({ file, summary }: { file: OpenFile; summary: ExperimentSummary }) {
  const { search } = useAddress(policiesFields);
  const scope = { fileId: file.fileId, experimentId: summary.experimentId };
  const { data: detail, error, isPending } = useAnswer(experimentDetail.about(scope));
  return (
    <>
      <PageHead
        crumbs={[
          {
            label: summary.experimentId,
            href: hrefTo('/experiments/$experimentId', search, { experimentId: summary.experimentId }),
            mono: true,
          },
          { label: 'policies' },
        ]}
        title="Compare policies"
      >
        <span>
          of <b>{summary.name}</b>
        </span>
        <span>
          file <b>{file.name}</b>
        </span>
      </PageHead>
      {error !== null && <ErrorNotice error={error} doing="reading the iterations" />}
      {isPending && <ProgressBar doing="Reading iterations and proposals" />}
      {detail != null && (
        <PageBody>
          <Chosen detail={detail} file={file} summary={summary} />
        </PageBody>
      )}
    </>
  );
}

interface ChosenProps {
  readonly detail: ExperimentDetail;
  readonly file: OpenFile;
  readonly summary: ExperimentSummary;
}

function Chosen({ detail, file, summary }: ChosenProps) {
  const { search, patch } = useAddress(policiesFields);
  const agents = detail.agents;
  const last = detail.iterations.at(-1)?.iteration ?? 0;
  const first = detail.iterations[0]?.iteration ?? 0;
  const agent = agents[0] ?? '';
  const left = parsePolicyChoice(search.left) ?? { agent, iteration: first, which: 'force' };
  const right = parsePolicyChoice(search.right) ?? { agent: left.agent, iteration: last, which: 'force' };
  const scope = { fileId: file.fileId, experimentId: summary.experimentId };
  const before = useAnswer(iterationDetail.about({ ...scope, iteration: left.iteration }));
  const after = useAnswer(iterationDetail.about({ ...scope, iteration: right.iteration }));
  const sides = [sideOf(left, before.data ?? undefined), sideOf(right, after.data ?? undefined)] as const;
  const failed = before.error ?? after.error;
  return (
    <>
      <div className={styles.choosers}>
        <ChoosePolicy
          title="Left"
          agents={agents}
          last={last}
          choice={left}
          onChoose={(choice) => patch({ left: formatPolicyChoice(choice) })}
        />
        <ChoosePolicy
          title="Right"
          agents={agents}
          last={last}
          choice={right}
          onChoose={(choice) => patch({ right: formatPolicyChoice(choice) })}
        />
      </div>
      {failed !== null && <ErrorNotice error={failed} doing="reading the policies" />}
      <Card title="What changes" padded>
        {before.isPending || after.isPending ? (
          <ProgressBar doing="Reading the policies" />
        ) : (
          <>
            {sides[0].text !== undefined && sides[1].text !== undefined && (
              <p className={styles.words}>{describePolicyChange(sides[0].text, sides[1].text)}.</p>
            )}
            <PolicyComparison before={sides[0]} after={sides[1]} />
          </>
        )}
      </Card>
    </>
  );
}

function sideOf(choice: PolicyChoice, detail: IterationDetail | undefined): PolicySide {
  const found = detail?.agents.find((one) => one.agentId === choice.agent);
  const which = choice.which === 'force' ? 'in force' : 'proposed';
  return {
    label: `${choice.agent}, iteration ${choice.iteration}, ${which}`,
    text: choice.which === 'force' ? found?.policyInForce : found?.proposedPolicy,
  };
}
