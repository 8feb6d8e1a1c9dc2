import { useMemo } from 'react';

import { PolicyCostFigure } from '../../charts/PolicyCostFigure.tsx';
import {
  figureMetrics,
  valueScales,
  metricAvailability,
  scaleAvailability,
} from '../../charts/shape/metric.ts';
import { drawnParameters, parameterLabel } from '../../charts/shape/figurePanels.ts';
import type { MarkTarget } from '../../charts/shape/panel.ts';
import type { ExperimentFacts } from '../../domain/answers/experiments.ts';
import type { ExperimentDetail, ExperimentSummary } from '../../domain/experiment/normalised.ts';
import { manyAgents } from '../../charts/shape/agentStyle.ts';
import { noProposalWords } from '../../domain/experiment/verdict.ts';
import { agentId, type AgentId } from '../../lib/ids.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Select } from '../../ui/TextField.tsx';
import { ToggleGroup } from '../../ui/ToggleGroup.tsx';
import { hrefTo } from '../../url/addresses.ts';
import { useAddress } from '../shared/useAddress.ts';
import styles from './FigureCard.module.css';
import { experimentFields, type ExperimentSearch } from './fields.ts';

interface FigureCardProps {
  readonly summary: ExperimentSummary;
  readonly detail: ExperimentDetail;
  readonly settings: ExperimentFigureSettings;
  readonly facts: ExperimentFacts | undefined;
}

const metricWords = { cost: 'Cost', delta: 'Δ cost', settlement: 'Settlement' } as const;
const scaleWords = { linear: 'Linear', log: 'Log' } as const;

/** The hero figure with its controls. */
export function FigureCard({ summary, detail, settings, facts }: FigureCardProps) {
  const { search, go } = useAddress(experimentFields);
  const noProposalIn = useMemo(() => noProposalWords(detail, summary), [detail, summary]);
  const offered = metricAvailability(detail);
  const metric = offered[settings.metric].available ? settings.metric : 'cost';
  const scaled = scaleAvailability(metric);
  const isSplit =
    search.panels === 'agents' && detail.agents.length > 1 && detail.agents.length <= manyAgents;
  const ends = endsOf(detail);
  const isLong = detail.iterations.length >= longFrom;
  const range = rangeIn(ends, search.first, search.last);
  const setRange = (next: Range | undefined) => settings.set({ first: next?.[0], last: next?.[1] });
  const select = (target: MarkTarget) => settings.set({ iteration: target.iteration, agent: target.agentId });
  const activate = (target: MarkTarget) =>
    go(
      hrefTo('/experiments/$experimentId/iterations/$iteration', search, {
        experimentId: summary.experimentId,
        iteration: target.iteration,
        agent: target.agentId,
      }),
      { iteration: target.iteration, agent: target.agentId },
    );
  return (
    <Card
      title="Policy and cost by iteration"
      aside={
        ends === undefined || (range === undefined && !isLong) ? undefined : (
          <IterationRange ends={ends} range={range} onRange={setRange} />
        )
      }
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
        detail={detail}
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
        showBest={search.best === 'sofar'}
        arrivalsDiffer={summary.evaluationMode === 'bootstrap'}
        onToggleBest={() => settings.set({ best: search.best === 'sofar' ? undefined : 'sofar' })}
        isSplit={isSplit}
        range={range}
        onRange={setRange}
        controls={
          detail.agents.length > 1 && (
            <ToggleGroup
              label="Panels"
              value={isSplit ? 'agents' : 'all'}
              choices={[
                { value: 'all', label: 'Together' },
                {
                  value: 'agents',
                  label: 'Per agent',
                  ...(detail.agents.length > manyAgents
                    ? {
                        disabledReason: `More than ${manyAgents} agents have no room for panels of their own.`,
                      }
                    : {}),
                },
              ]}
              onChange={(value) => settings.set({ panels: value === 'agents' ? value : undefined })}
            />
          )
        }
        onToggleTotal={() => settings.set({ total: settings.showTotal ? undefined : 'shown' })}
      />
    </Card>
  );
}

type Range = readonly [first: number, last: number];

/** From so many iterations on a part of them can be chosen by its numbers; in any figure by a drag or the keys. */
const longFrom = 30;

function endsOf({ iterations }: ExperimentDetail): Range | undefined {
  const [first, last] = [iterations[0]?.iteration, iterations.at(-1)?.iteration];
  return first === undefined || last === undefined ? undefined : [first, last];
}

/** What an address asks for, where this experiment has it. */
function rangeIn(
  ends: Range | undefined,
  first: number | undefined,
  last: number | undefined,
): Range | undefined {
  if (ends === undefined || (first === undefined && last === undefined)) return undefined;
  const from = Math.max(ends[0], first ?? ends[0]);
  const to = Math.min(ends[1], last ?? ends[1]);
  return from > to || (from === ends[0] && to === ends[1]) ? undefined : [from, to];
}

interface IterationRangeProps {
  readonly ends: Range;
  readonly range: Range | undefined;
  readonly onRange: (range: Range | undefined) => void;
}

/** Which iterations the figure shows. */
function IterationRange({ ends, range = ends, onRange }: IterationRangeProps) {
  const field = (label: string, value: number, rangeWith: (to: number) => Range) => (
    <input
      type="number"
      className={styles.end}
      aria-label={label}
      min={ends[0]}
      max={ends[1]}
      value={value}
      onChange={({ target }) => {
        const [from, to] = rangeWith(target.valueAsNumber);
        if (from <= to) onRange(rangeIn(ends, from, to));
      }}
    />
  );
  return (
    <span className={styles.range} role="group" aria-label="Iterations drawn">
      {field('First iteration drawn', range[0], (from) => [from, range[1]])} to{' '}
      {field('Last iteration drawn', range[1], (to) => [range[0], to])}
      {range !== ends && (
        <Button size="small" variant="ghost" onClick={() => onRange(undefined)}>
          All
        </Button>
      )}
    </span>
  );
}

function disabledBy(offer: { available: true } | { available: false; reason: string }) {
  return offer.available ? {} : { disabledReason: offer.reason };
}

type Metric = NonNullable<ExperimentSearch['metric']>;
type Scale = NonNullable<ExperimentSearch['scale']>;

/** How the figure is drawn and what is selected; all of it lives in the address. */
export interface ExperimentFigureSettings {
  readonly parameters: readonly string[];
  readonly parameter: string | undefined;
  readonly metric: Metric;
  readonly scale: Scale;
  readonly hidden: ReadonlySet<AgentId>;
  readonly showTotal: boolean;
  /** The iteration looked at; the last one that has a proposal until another is chosen. */
  readonly iteration: number | undefined;
  readonly agentId: AgentId | undefined;
  readonly set: (fields: ExperimentSearch) => void;
}

export function useFigureSettings(detail: ExperimentDetail | undefined): ExperimentFigureSettings {
  const { search, patch } = useAddress(experimentFields);
  return useMemo(() => {
    const parameters = detail === undefined ? [] : drawnParameters(detail);
    const isAsked = ({ iteration }: { readonly iteration: number }) => iteration === search.iteration;
    // Of some iterations only the proposals are stored.
    const known = detail?.iterations.some(isAsked) === true || detail?.proposals.some(isAsked) === true;
    return {
      parameters,
      parameter: parameters.find((name) => name === search.param) ?? parameters[0],
      metric: search.metric ?? 'cost',
      scale: search.scale ?? 'linear',
      hidden: new Set((search.hide ?? []).map(agentId)),
      showTotal: search.total === 'shown',
      iteration: known ? search.iteration : detail && lastJudged(detail),
      agentId: search.agent === undefined ? undefined : agentId(search.agent),
      set: patch,
    };
  }, [detail, search, patch]);
}

function lastJudged(detail: ExperimentDetail): number | undefined {
  return detail.proposals.at(-1)?.iteration ?? detail.iterations.at(-1)?.iteration;
}
