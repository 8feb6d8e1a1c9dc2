import { useMemo } from 'react';

import { FigureLegend, LegendAgents } from '../../charts/FigureLegend.tsx';
import { LinePanels } from '../../charts/LinePanels.tsx';
import { Measured } from '../../charts/Measured.tsx';
import { lastPlace } from '../../domain/compare/series.ts';
import { Card } from '../../ui/Card.tsx';
import { Figure } from '../../ui/Figure.tsx';
import type { GridColumn } from '../../ui/grid/gridColumn.ts';
import styles from './Compare.module.css';
import { multiplePanels, multiplesOf } from './comparePanels.ts';
import { valueWords } from './drawnEntries.ts';
import type { Entry } from './entries.ts';
import { useSubject } from './FigureCard.tsx';
import type { Compared } from './useCompared.ts';

interface MultiplesCardProps {
  readonly entries: readonly Entry[];
  readonly compared: readonly Compared[];
}

/** More panels than these are no picture: the first are drawn, the table has all. */
const mostPanels = 24;
const name = 'One panel each';

/** Every experiment and every pass in a panel of its own, its agents on one scale. */
export function MultiplesCard({ entries, compared }: MultiplesCardProps) {
  const { agents, subject } = useSubject(compared);
  const { parameter } = subject;
  const all = useMemo(() => multiplesOf(entries, agents, parameter), [entries, agents, parameter]);
  const shown = useMemo(() => all.slice(0, mostPanels), [all]);
  const panels = useMemo(
    () => multiplePanels(shown, agents, { parameter, agent: undefined }),
    [shown, agents, parameter],
  );
  const last = all.reduce((most, { values }) => Math.max(most, ...[...values.values()].map(lastPlace)), 0);
  const span = useMemo(() => [0, last] as const, [last]);
  const places = useMemo(() => Array.from({ length: last + 1 }, (_, place) => place), [last]);
  const what = parameter ?? 'cost';
  return (
    <Card title={name} aside={`${what} of each agent, one scale`} padded>
      <Figure
        name={name}
        caption={`The ${what} of each agent by iteration, all panels on one scale.${all.length > shown.length ? ` ${shown.length} of ${all.length} are drawn; the table has all.` : ''}`}
        sheet={async () => {
          const { runSheet } = await import('../../charts/export/runSheet.ts');
          return runSheet({
            panels,
            agents: agents.map((agentId, index) => ({ agentId, index })),
            span,
            axis: 'Iteration',
            dayStarts: [],
            caption: `The ${what} of each agent by iteration, all panels on one scale.`,
          });
        }}
        table={() => ({
          rows: places,
          rowKey: String,
          columns: [
            { id: 'place', header: 'Iteration', value: (place) => place, align: 'end', width: 80 },
            ...all.flatMap(({ label, of, values }) =>
              agents.map((agent): GridColumn<number> => ({
                id: `${of.id} ${agent}`,
                header: agent,
                group: label,
                value: (place) => values.get(agent)?.get(place),
                render: (place) => valueWords(values.get(agent)?.get(place), { parameter, agent }),
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
              axis="Iteration"
              plotHeight={110}
              panelWidth={230}
              width={width}
              blockWord="experiment"
              readout={(place) =>
                shown.map(({ label, entry, values }) => ({
                  name: label,
                  agentIndex: undefined,
                  color: entry.style.color,
                  facts: agents.flatMap((agent) => {
                    const value = values.get(agent)?.get(place);
                    return value === undefined
                      ? []
                      : [{ label: agent, text: valueWords(value, { parameter, agent }) }];
                  }),
                }))
              }
            />
          )}
        </Measured>
      </Figure>
    </Card>
  );
}
