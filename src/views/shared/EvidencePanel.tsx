import { useAnswer } from '../../data/useAnswer.ts';
import { evidenceOf } from '../../queries/run/evidenceOf.ts';
import type { ExchangeScope } from '../../queries/scope.ts';
import type { EvidenceRun } from '../../domain/answers/runs.ts';
import { hrefTo } from '../../url/addresses.ts';
import { ErrorNotice } from './ErrorNotice.tsx';
import { shortRunName } from './shortRunName.ts';
import { useAddress } from './useAddress.ts';
import { linkMeanings } from './words.ts';
import styles from './EvidencePanel.module.css';
import { placeFields } from '../../url/fields.ts';

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
