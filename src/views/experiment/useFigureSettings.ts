import { useMemo } from 'react';

import { drawnParameters } from '../../charts/shape/figurePanels.ts';
import { agentId, type AgentId } from '../../lib/ids.ts';
import type { ExperimentDetail } from '../../domain/experiment/normalised.ts';
import { useAddress } from '../shared/useAddress.ts';
import { experimentFields, type ExperimentSearch } from './fields.ts';

type Metric = NonNullable<ExperimentSearch['metric']>;
type Scale = NonNullable<ExperimentSearch['scale']>;

/** How the figure is drawn and what is selected; all of it lives in the address. */
export interface FigureSettings {
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

export function useFigureSettings(detail: ExperimentDetail | undefined): FigureSettings {
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
