import styles from './Evidence.module.css';
import { useState } from 'react';

import type { OpenFile } from '../../../data/session/state.ts';
import { useAsk, useAnswer } from '../../../data/useAnswer.ts';
import type { EvidenceRun } from '../../../domain/answers/runs.ts';
import type { AgentId, ExperimentId, SimulationId } from '../../../lib/ids.ts';
import { evidenceOf } from '../../../queries/evidenceRows.ts';
import { contradictions } from '../../../queries/fileFindings.ts';
import { iterationDetail } from '../../../queries/iterationDetail.ts';
import { consistencyChecks } from '../../../queries/run/consistencyChecks.ts';
import type { ExchangeScope } from '../../../queries/scope.ts';
import { Button } from '../../../ui/Button.tsx';
import { provenanceLines } from '../../../ui/export/origin.ts';
import { fileName, saveFile } from '../../../ui/files.ts';
import { hrefTo } from '../../../url/addresses.ts';
import { placeFields } from '../../../url/fields.ts';
import { ErrorNotice } from '../ErrorNotice.tsx';
import { originOf } from '../namedFile.ts';
import { useAddress } from '../useAddress.ts';
import { shortRunName, linkMeanings } from '../words.ts';
import type { RunChecks } from './evidenceFiles.ts';

interface EvidenceButtonProps {
  readonly file: OpenFile;
  readonly experimentId: ExperimentId | undefined;
  /** With an experiment: an iteration, or with an agent what was proposed for it there. */
  readonly iteration?: number | undefined;
  readonly agentId?: AgentId | undefined;
  /** Without an iteration: the run that it is about. */
  readonly run?: SimulationId | undefined;
}

/** The rows, policies, exchange, samples, runs and checks that a verdict, an iteration or a run rests on, in one zip. */
export function EvidenceButton({ file, experimentId, iteration, agentId, run }: EvidenceButtonProps) {
  const ask = useAsk();
  const [said, setSaid] = useState('');
  const [isBusy, setBusy] = useState(false);
  const make = async (): Promise<string> => {
    const [{ evidenceRows }, { evidenceFiles }, { zipFile }] = await Promise.all([
      import('../../../queries/evidenceRows.ts'),
      import('./evidenceFiles.ts'),
      import('../../../ui/export/zipFile.ts'),
    ]);
    const { fileId } = file;
    const detail =
      experimentId === undefined || iteration === undefined
        ? undefined
        : await ask(iterationDetail.about({ fileId, experimentId, iteration }));
    const runs = run === undefined ? (detail?.runs ?? []).map(({ simulationId }) => simulationId) : [run];
    const scope = { fileId, experimentId, iteration, nextIteration: detail?.nextIteration, agentId, runs };
    const verdicts = (detail?.agents ?? []).flatMap(({ agentId: agent, proposal }) =>
      proposal === undefined || (agentId !== undefined && agent !== agentId)
        ? []
        : [
            {
              agentId: agent,
              verdict: proposal.verdict,
              source: proposal.verdictSource,
              reason: proposal.reason,
            },
          ],
    );
    const proposed = (detail?.agents ?? []).flatMap(({ agentId: agent, proposedPolicy }) =>
      iteration === undefined || proposedPolicy === undefined || (agentId !== undefined && agent !== agentId)
        ? []
        : [{ iteration, agentId: agent, policy: proposedPolicy }],
    );
    const consistency: RunChecks[] = [];
    for (const id of runs) {
      const checks = await ask(consistencyChecks.about({ fileId, simulationId: id }));
      consistency.push({ simulationId: id, checks: checks ?? [] });
    }
    const title = titleOf({ experimentId, iteration, agentId, run });
    const tables = await ask(evidenceRows.about(scope));
    const found =
      experimentId === undefined ? undefined : await ask(contradictions.about({ fileId, experimentId }));
    const isAbout = (subject: {
      readonly iteration?: unknown;
      readonly agentId?: unknown;
      readonly simulationId?: unknown;
    }) =>
      runs.some((id) => id === subject.simulationId) ||
      (iteration !== undefined &&
        subject.iteration === iteration &&
        (agentId === undefined || subject.agentId === undefined || subject.agentId === agentId));
    const origin = originOf([file], experimentId);
    const entries = evidenceFiles({
      title,
      provenance: provenanceLines(origin, title, window.location.href),
      tables,
      verdicts,
      proposed,
      consistency,
      contradictions: found?.flatMap((one) => one.found.filter(({ subject }) => isAbout(subject))),
    });
    const name = fileName(['evidence', title], 'zip');
    saveFile(name, 'application/zip', await zipFile(entries));
    return `Saved ${name}`;
  };
  const start = (): void => {
    setBusy(true);
    setSaid('Reading the rows');
    make()
      .then(setSaid, (error: unknown) => setSaid(error instanceof Error ? error.message : String(error)))
      .finally(() => setBusy(false));
  };
  return (
    <>
      <Button
        size="small"
        isBusy={isBusy}
        title="One zip with the rows, policies, exchange, samples, runs and checks behind this"
        onClick={start}
      >
        Export evidence
      </Button>
      <span role="status">{said}</span>
    </>
  );
}

function titleOf({ experimentId, iteration, agentId, run }: Omit<EvidenceButtonProps, 'file'>): string {
  if (run !== undefined) return `run ${run}`;
  const what = agentId === undefined ? '' : `proposal for ${agentId}, `;
  return `${what}iteration ${iteration} of ${experimentId}`;
}

const roleWords: Readonly<Record<EvidenceRun['role'], string>> = {
  context: 'with the policies in force',
  evaluated: 'with the proposed policy',
  sample: 'one of the samples',
};

interface EvidencePanelProps {
  readonly scope: ExchangeScope;
  /** False where what folds it has the title. */
  readonly titled?: boolean;
}

/** The stored runs behind the verdict of one agent, and which were never stored. */
export function EvidencePanel({ scope, titled = true }: EvidencePanelProps) {
  const { search } = useAddress(placeFields);
  const { data, error } = useAnswer(evidenceOf.about(scope));
  const context = data?.runs.find(({ role }) => role === 'context')?.run;
  return (
    <>
      {titled && <h3>Runs behind it</h3>}
      {error !== null && <ErrorNotice error={error} doing="looking for the runs behind the verdict" />}
      {data != null && (
        <>
          {data.runs.length > 0 && (
            <ul className={styles.runs}>
              {data.runs.map(({ role, run }) => (
                <li key={run.simulationId}>
                  <a
                    href={hrefTo('/runs/$simulationId', search, { simulationId: run.simulationId })}
                    title={`${run.simulationId}, linked by ${run.linkedBy}: ${linkMeanings[run.linkedBy]}`}
                  >
                    {shortRunName(run)}
                  </a>
                  , {roleWords[role]}
                  {role === 'evaluated' && context !== undefined && (
                    <>
                      {' '}
                      (
                      <a
                        href={hrefTo('/runs/$simulationId', search, {
                          simulationId: context.simulationId,
                          twin: run.simulationId,
                        })}
                      >
                        against the one with the policies in force
                      </a>
                      )
                    </>
                  )}
                </li>
              ))}
            </ul>
          )}
          {data.missing.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </>
      )}
    </>
  );
}
