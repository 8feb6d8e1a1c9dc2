import { useMemo, useState } from 'react';

import { ProposerCurve } from '../../../charts/ProposerCurve.tsx';
import { useAnswer } from '../../../data/useAnswer.ts';
import { experimentDossier } from '../../../queries/experimentDossier.ts';
import { proposerModels } from '../../../queries/proposerModels.ts';
import type { ProposerTurn } from '../../../queries/proposerModels.ts';
import type { ExperimentScope } from '../../../queries/scope.ts';
import type { ExperimentDossier } from '../../../domain/experiment/normalised.ts';
import { ProgressBar } from '../../../ui/ProgressBar.tsx';
import { Select } from '../../../ui/Select.tsx';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import styles from './CurvePanel.module.css';

/** How good the proposals of an experiment were as it went on, by agent and model. */
export function CurvePanel({ scope: { fileId, experimentId } }: { scope: ExperimentScope }) {
  const scope = { fileId, experimentId };
  const dossier = useAnswer(experimentDossier.about(scope));
  const turns = useAnswer(proposerModels.about(scope));
  const error = dossier.error ?? turns.error;
  if (error !== null) return <ErrorNotice error={error} doing="reading the proposals" />;
  if (dossier.data === undefined || turns.data === undefined) {
    return <ProgressBar doing="Reading the proposals" />;
  }
  return dossier.data === null ? (
    <p>The experiment could not be found.</p>
  ) : (
    <Known dossier={dossier.data} turns={turns.data} />
  );
}

const everything = '';
const notRecorded = 'not recorded';

function Known({ dossier, turns }: { dossier: ExperimentDossier; turns: readonly ProposerTurn[] }) {
  const [agent, setAgent] = useState(everything);
  const [model, setModel] = useState(everything);
  const modelOf = useMemo(
    () => new Map(turns.map((turn) => [`${turn.iteration} ${turn.agentId}`, turn.model ?? notRecorded])),
    [turns],
  );
  const models = [...new Set(turns.map((turn) => turn.model ?? notRecorded))].sort();
  const shown = useMemo(
    () =>
      dossier.proposals.filter(
        ({ iteration, agentId }) =>
          (agent === everything || agentId === agent) &&
          (model === everything || (modelOf.get(`${iteration} ${agentId}`) ?? notRecorded) === model),
      ),
    [dossier, agent, model, modelOf],
  );
  return (
    <div className={styles.panel}>
      <div className={styles.choices}>
        <Select
          label="Agent"
          value={agent}
          onChange={setAgent}
          options={[
            { value: everything, label: 'All agents' },
            ...dossier.agents.map((id) => ({ value: id, label: id })),
          ]}
        />
        <Select
          label="Model"
          value={model}
          onChange={setModel}
          options={[
            { value: everything, label: 'All models' },
            ...models.map((name) => ({ value: name, label: name })),
          ]}
        />
      </div>
      <ProposerCurve
        name={`Proposals of ${agent === everything ? 'all agents' : agent} by outcome`}
        proposals={shown}
      />
      <p className={styles.note}>
        A saving is the old cost minus the new cost as stored, of the mean where there are samples. Savings of
        different iterations may rest on different arrivals, so their sum is a tally, not a total saving.
      </p>
    </div>
  );
}
