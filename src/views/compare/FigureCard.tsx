import { useMemo } from 'react';

import { fewestPasses } from '../../domain/compare/significance.ts';
import { agentId } from '../../lib/ids.ts';
import { Card } from '../../ui/Card.tsx';
import { Select } from '../../ui/TextField.tsx';
import { ToggleGroup } from '../../ui/ToggleGroup.tsx';
import { useAddress } from '../shared/useAddress.ts';
import styles from './Compare.module.css';
import { CompareFigure } from './CompareFigure.tsx';
import type { PanelChoice } from './comparePanels.ts';
import { agentsOf, parametersOf, type Entry } from './entries.ts';
import { compareFields } from './fields.ts';
import type { Compared } from './useCompared.ts';

interface FigureCardProps {
  readonly entries: readonly Entry[];
  readonly compared: readonly Compared[];
}

/** What figure and small multiples draw, as the address has it: a parameter belongs to an agent. */
export function usePanelChoice(entries: readonly Entry[], compared: readonly Compared[]) {
  const { search } = useAddress(compareFields);
  const agents = useMemo(() => agentsOf(compared), [compared]);
  const parameters = useMemo(() => parametersOf(compared), [compared]);
  const parameter = parameters.find((name) => name === search.param);
  const named = agents.find((agent) => agent === search.agent);
  const agent = parameter === undefined ? named : (named ?? agents[0]);
  const alignment = search.align ?? 'iteration';
  const bestSoFar = search.best === 'sofar' && parameter === undefined;
  const relative = search.against === 'baseline' && entries.length > 1;
  const band = search.band ?? 'range';
  const showPasses = search.passes !== 'hidden' && entries.some(({ isGroup }) => isGroup);
  const showRejected = search.rejected === 'shown' && agent !== undefined;
  const choice = useMemo(
    (): PanelChoice => ({
      subject: { parameter, agent },
      alignment,
      bestSoFar,
      relative,
      band,
      showPasses,
      showRejected,
    }),
    [parameter, agent, alignment, bestSoFar, relative, band, showPasses, showRejected],
  );
  return { agents, parameters, choice };
}

export function FigureCard({ entries, compared }: FigureCardProps) {
  const { patch } = useAddress(compareFields);
  const { agents, parameters, choice } = usePanelChoice(entries, compared);
  const { bestSoFar, relative } = choice;
  const { parameter, agent } = choice.subject;
  const hasGroups = entries.some(({ isGroup }) => isGroup);
  const what =
    parameter === undefined
      ? `${bestSoFar ? 'Best so far, ' : ''}${agent === undefined ? 'total cost' : `cost of ${agent}`}`
      : `${parameter} of ${agent ?? ''}`;
  const by = choice.alignment === 'iteration' ? 'iteration' : 'accepted proposals';
  const name = `${what.charAt(0).toUpperCase()}${what.slice(1)} by ${by}`;
  return (
    <Card
      title={name}
      actions={
        <div className={styles.controls}>
          <Select
            label="Show"
            hideLabel
            value={parameter ?? ''}
            options={[{ value: '', label: 'cost' }, ...parameters.map((value) => ({ value, label: value }))]}
            onChange={(value) => patch({ param: value === '' ? undefined : value })}
          />
          <Select
            label="Of"
            hideLabel
            value={agent ?? ''}
            options={[
              ...(parameter === undefined ? [{ value: '', label: 'all agents together' }] : []),
              ...agents.map((value) => ({ value: String(value), label: value })),
            ]}
            onChange={(value) => patch({ agent: value === '' ? undefined : agentId(value) })}
          />
          {hasGroups && (
            <Select
              label="Band"
              hideLabel
              value={choice.band}
              options={[
                { value: 'range', label: 'band: lowest to highest' },
                { value: 'interval', label: 'band: 95 % interval of the mean' },
              ]}
              onChange={(value) => patch({ band: value === 'interval' ? value : undefined })}
            />
          )}
          <Select
            label="Align by"
            hideLabel
            value={choice.alignment}
            options={[
              { value: 'iteration', label: 'by iteration' },
              { value: 'accepted', label: 'by accepted proposals' },
            ]}
            onChange={(value) => patch({ align: value === 'accepted' ? value : undefined })}
          />
          <ToggleGroup
            label="Values"
            value={relative ? 'baseline' : 'absolute'}
            choices={[
              { value: 'absolute', label: 'Absolute' },
              {
                value: 'baseline',
                label: 'To baseline',
                disabledReason: entries.length > 1 ? undefined : 'there is nothing to compare with',
              },
            ]}
            onChange={(value) => patch({ against: value === 'baseline' ? value : undefined })}
          />
          {hasGroups && (
            <Check
              label="Passes"
              checked={choice.showPasses}
              onChange={(on) => patch({ passes: on ? undefined : 'hidden' })}
            />
          )}
          <Check
            label="Rejected"
            checked={choice.showRejected}
            disabledReason={
              agent === undefined
                ? 'a proposal has a cost of its own agent alone: choose an agent'
                : undefined
            }
            onChange={(on) => patch({ rejected: on ? 'shown' : undefined })}
          />
          {parameter === undefined && (
            <Check
              label="Best so far"
              checked={bestSoFar}
              onChange={(on) => patch({ best: on ? 'sofar' : undefined })}
            />
          )}
        </div>
      }
      padded
    >
      <CompareFigure name={name} entries={entries} choice={choice} caption={captionOf(entries, choice)} />
    </Card>
  );
}

interface CheckProps {
  readonly label: string;
  readonly checked: boolean;
  readonly disabledReason?: string | undefined;
  readonly onChange: (on: boolean) => void;
}

function Check({ label, checked, disabledReason, onChange }: CheckProps) {
  return (
    <label className={styles.check} title={disabledReason}>
      <input
        type="checkbox"
        checked={checked}
        disabled={disabledReason !== undefined}
        onChange={(event) => onChange(event.target.checked)}
      />
      {label}
    </label>
  );
}

/** What the drawing shows, and what it must not be read as. */
export function captionOf(entries: readonly Entry[], choice: PanelChoice, isOneFigure = true): string {
  const baseline = entries.find(({ isBaseline }) => isBaseline);
  const groups = entries.filter(({ isGroup }) => isGroup);
  const words: string[] = [];
  if (choice.relative) {
    const place = choice.alignment === 'iteration' ? 'iteration' : 'number of accepted proposals';
    const mean = baseline?.isGroup === true ? 'the mean of ' : '';
    words.push(
      `Minus ${mean}${baseline?.label ?? 'the baseline'} at the same ${place}, as far as that goes.`,
    );
  } else if (isOneFigure) words.push('The baseline is dashed.');
  if (groups.length > 0) {
    const band =
      choice.band === 'range'
        ? 'the band goes from the lowest to the highest pass'
        : 'the band is the 95 % interval of the mean (Student’s t)';
    words.push(`A group is its mean; ${band}; both end with its shortest pass.`);
    const few = groups.filter(({ members }) => members.length < fewestPasses);
    if (choice.band === 'interval' && few.length > 0)
      words.push(
        `No interval for ${few.map(({ label }) => label).join(', ')}: it needs ${fewestPasses} passes.`,
      );
  }
  if (choice.alignment === 'accepted')
    words.push('After so many accepted proposals: the first iteration that knows them.');
  const differing = entries.some(({ members }) =>
    members.some(({ summary }) => summary.evaluationMode === 'bootstrap'),
  );
  if (differing && choice.subject.parameter === undefined)
    words.push(
      choice.bestSoFar
        ? 'Take care: in bootstrap mode arrivals differ by iteration, so the lowest so far may be only the luckiest payments.'
        : 'In bootstrap mode arrivals differ by iteration.',
    );
  return words.join(' ');
}
