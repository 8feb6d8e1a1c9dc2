import { memo, useDeferredValue, useMemo } from 'react';

import { FigureLegend, LegendAgents } from '../../charts/FigureLegend.tsx';
import { LinePanels } from '../../charts/LinePanels.tsx';
import { Measured } from '../../charts/PanelStage.tsx';
import { lastPlace } from '../../domain/compare/series.ts';
import type { AgentId } from '../../lib/ids.ts';
import { Card } from '../../ui/Card.tsx';
import { Figure } from '../../ui/Figure.tsx';
import type { GridColumn } from '../../ui/grid/gridColumn.ts';
import styles from './Compare.module.css';
import { multiplePanels, multiplesOf, type PanelChoice } from './comparePanels.ts';
import { changeWords, valueWords, type Entry } from './entries.ts';
import { captionOf, usePanelChoice } from './FigureCard.tsx';
import type { Compared } from './useCompared.ts';

interface MultiplesCardProps {
  readonly entries: readonly Entry[];
  readonly compared: readonly Compared[];
}

/** More panels than these are no picture: then so many of the first are drawn, and the table has all. */
const mostPanels = 24;
const drawnOfMore = 12;
const name = 'One panel each';

/** Drawn after the one figure, whose choices they follow: many panels take longer than a click may. */
export function MultiplesCard({ entries, compared }: MultiplesCardProps) {
  const { agents, choice } = usePanelChoice(entries, compared);
  return <Multiples entries={entries} agents={agents} choice={useDeferredValue(choice)} />;
}

interface MultiplesProps {
  readonly entries: readonly Entry[];
  readonly agents: readonly AgentId[];
  readonly choice: PanelChoice;
}

/** Every experiment, group and pass in a panel of its own, its agents on one scale. */
const Multiples = memo(function Multiples({ entries, agents, choice }: MultiplesProps) {
  const { parameter } = choice.subject;
  const all = useMemo(() => multiplesOf(entries, agents, choice), [entries, agents, choice]);
  const shown = useMemo(() => (all.length > mostPanels ? all.slice(0, drawnOfMore) : all), [all]);
  const panels = useMemo(() => multiplePanels(shown, choice), [shown, choice]);
  const last = all.reduce((most, { values }) => Math.max(most, ...[...values.values()].map(lastPlace)), 0);
  const span = useMemo(() => [0, last] as const, [last]);
  const places = useMemo(() => Array.from({ length: last + 1 }, (_, place) => place), [last]);
  const [axis, by] =
    choice.alignment === 'iteration'
      ? (['Iteration', 'iteration'] as const)
      : (['Accepted proposals', 'its accepted proposals'] as const);
  const what = parameter ?? (choice.bestSoFar ? 'lowest cost so far' : 'cost');
  const caption =
    `The ${what} of each agent by ${by}, all panels on one scale. ${captionOf(entries, choice, false)}`.trim();
  const words = choice.relative ? changeWords : valueWords;
  return (
    <Card title={name} aside={`${what} of each agent, one scale`} padded>
      <Figure
        name={name}
        caption={`${caption}${all.length > shown.length ? ` ${shown.length} of ${all.length} are drawn; the table has all.` : ''}`}
        sheet={async () => {
          const { runSheet } = await import('../../charts/export/linesSheet.ts');
          return runSheet({
            panels,
            agents: agents.map((agentId, index) => ({ agentId, index })),
            span,
            axis,
            dayStarts: [],
            caption,
          });
        }}
        table={() => ({
          rows: places,
          rowKey: String,
          columns: [
            { id: 'place', header: axis, value: (place) => place, align: 'end', width: axis.length * 8 + 24 },
            ...all.flatMap(({ key, label, isMean, values }) =>
              agents.map((agent): GridColumn<number> => ({
                id: `${key} ${agent}`,
                header: agent,
                group: label,
                value: (place) => values.get(agent)?.get(place),
                render: (place) => words(values.get(agent)?.get(place), { parameter, agent }, isMean),
                align: 'end',
                width: 100,
              })),
            ),
          ],
        })}
      >
        <FigureLegend isLong={agents.length > 12}>
          <LegendAgents
            agents={agents.map((agentId, index) => ({ agentId, index }))}
            hiddenAgents={new Set()}
            onToggle={undefined}
          />
        </FigureLegend>
        <Measured className={styles.drawing}>
          {(width) => (
            <LinePanels
              name={name}
              panels={panels}
              span={span}
              places={places}
              axis={axis}
              plotHeight={110}
              panelWidth={230}
              width={width}
              blockWord="experiment"
              readout={(place) =>
                shown.map(({ label, entry, isMean, values }) => ({
                  name: label,
                  agentIndex: undefined,
                  color: entry.style.color,
                  facts: agents.flatMap((agent) => {
                    const value = values.get(agent)?.get(place);
                    return value === undefined
                      ? []
                      : [{ label: agent, text: words(value, { parameter, agent }, isMean) }];
                  }),
                }))
              }
            />
          )}
        </Measured>
      </Figure>
    </Card>
  );
});
