import { useMemo } from 'react';
import { PolicyCostFigure } from '../../charts/PolicyCostFigure.tsx';
import { figureMetrics, valueScales } from '../../charts/shape/metric.ts';
import { metricAvailability, scaleAvailability } from '../../charts/shape/availability.ts';
import { parameterLabel } from '../../charts/shape/parameters.ts';
import type { MarkTarget } from '../../charts/shape/target.ts';
import type { ExperimentFacts } from '../../domain/answers/experiments.ts';
import { noProposalWords } from '../../domain/experiment/noProposal.ts';
import type { ExperimentDossier, ExperimentSummary } from '../../domain/experiment/normalised.ts';
import { Card } from '../../ui/Card.tsx';
import { Select } from '../../ui/Select.tsx';
import { ToggleGroup } from '../../ui/ToggleGroup.tsx';
import { hrefTo } from '../../url/addresses.ts';
import { useAddress } from '../shared/useAddress.ts';
import styles from './FigureCard.module.css';
import type { FigureSettings } from './useFigureSettings.ts';
import { experimentFields } from './fields.ts';

interface FigureCardProps {
  readonly summary: ExperimentSummary;
  readonly dossier: ExperimentDossier;
  readonly settings: FigureSettings;
  readonly facts: ExperimentFacts | undefined;
}

const metricWords = { cost: 'Cost', delta: 'Δ cost', settlement: 'Settlement' } as const;
const scaleWords = { linear: 'Linear', log: 'Log' } as const;

/** The hero figure with its controls. */
export function FigureCard({ summary, dossier, settings, facts }: FigureCardProps) {
  const { search, go } = useAddress(experimentFields);
  const noProposalIn = useMemo(() => noProposalWords(dossier, summary), [dossier, summary]);
  const offered = metricAvailability(dossier);
  const metric = offered[settings.metric].available ? settings.metric : 'cost';
  const scaled = scaleAvailability(metric);
  const select = (target: MarkTarget) => settings.set({ iteration: target.iteration, agent: target.agentId });
  const activate = (target: MarkTarget) =>
    go(
      hrefTo('/experiments/$experimentId/iterations/$iteration', search, {
        experimentId: summary.experimentId,
        iteration: target.iteration,
        agent: target.agentId,
      }),
    );
  return (
    <Card
      title="Policy and cost by iteration"
      padded
      actions={
        <>
          {settings.parameters.length > 1 && (
            <Select
              label="Parameter"
              hideLabel
              value={settings.parameter ?? ''}
              options={settings.parameters.map((name) => ({ value: name, label: parameterLabel(name) }))}
              onChange={(param) => settings.set({ param })}
            />
          )}
          <ToggleGroup
            label="Cost panel"
            value={metric}
            choices={figureMetrics.map((value) => ({
              value,
              label: metricWords[value],
              ...disabledBy(offered[value]),
            }))}
            onChange={(value) => settings.set({ metric: value === 'cost' ? undefined : value })}
          />
          <ToggleGroup
            label="Scale"
            value={scaled[settings.scale].available ? settings.scale : 'linear'}
            choices={valueScales.map((value) => ({
              value,
              label: scaleWords[value],
              ...disabledBy(scaled[value]),
            }))}
            onChange={(value) => settings.set({ scale: value === 'linear' ? undefined : value })}
          />
        </>
      }
    >
      {facts?.costsSplitEqually === true && (
        <p className={styles.remark}>
          In files of this age the mean cost of the whole system was split equally: every bank shows the same
          cost.
        </p>
      )}
      <PolicyCostFigure
        dossier={dossier}
        noProposalIn={noProposalIn}
        parameter={settings.parameter}
        metric={metric}
        scale={settings.scale}
        hiddenAgents={settings.hidden}
        showTotal={settings.showTotal}
        selected={
          settings.iteration === undefined
            ? undefined
            : {
                iteration: settings.iteration,
                ...(settings.agentId === undefined ? {} : { agentId: settings.agentId }),
              }
        }
        onSelect={select}
        onActivate={activate}
        onHideAgents={(hidden) => settings.set({ hide: hidden.size === 0 ? undefined : [...hidden] })}
        onToggleTotal={() => settings.set({ total: settings.showTotal ? undefined : 'shown' })}
      />
    </Card>
  );
}

function disabledBy(offer: { available: true } | { available: false; reason: string }) {
  return offer.available ? {} : { disabledReason: offer.reason };
}
