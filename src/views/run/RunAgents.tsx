import { useMemo } from 'react';

import type { Bounds, RunAgent, RunSummary } from '../../domain/answers/experiments.ts';
import { allCosts, costOf } from '../../domain/costs.ts';
import type { Cents } from '../../lib/units.ts';
import { Card } from '../../ui/Card.tsx';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import type { GridColumn } from '../../ui/grid/gridColumn.ts';
import { MoneyBetween } from '../shared/Between.tsx';
import { Money } from '../shared/Money.tsx';

type Column = GridColumn<RunAgent>;

function money(
  id: string,
  header: string,
  read: (agent: RunAgent) => Cents | undefined,
  title?: string,
  between: (agent: RunAgent) => Bounds<Cents> | undefined = () => undefined,
  width = 112,
): Column {
  return {
    id,
    header,
    headerTitle: title,
    value: read,
    render: (agent) => {
      const bounds = between(agent);
      if (bounds !== undefined) return <MoneyBetween bounds={bounds} />;
      return <Money cents={read(agent)} missing="the events do not tell" />;
    },
    align: 'end',
    width,
  };
}

/** So wide that no amount is cut off; known within bounds, two of them stand in a cell. */
const columnsOf = (isBounded: boolean): readonly Column[] => [
  { id: 'agent', header: 'Agent', value: (agent) => agent.agentId, width: 120 },
  money('total', 'Cost', (agent) => agent.costs?.totalCents),
  ...allCosts.map((cost) =>
    money(
      cost.id,
      cost.title,
      ({ costs }) => (costs === undefined ? undefined : costOf(costs, cost.id)),
      'hint' in cost ? cost.hint : undefined,
    ),
  ),
  money('start', 'First balance', (agent) => agent.balances?.startCents),
  money(
    'lowest',
    'Lowest balance',
    (agent) => agent.balances?.lowestCents,
    undefined,
    (agent) => agent.bounds?.lowest,
    isBounded ? 250 : undefined,
  ),
  money(
    'end',
    'Last balance',
    (agent) => agent.balances?.endCents,
    undefined,
    (agent) => agent.bounds?.end,
    isBounded ? 250 : undefined,
  ),
];

/** Cost by component and balances, an agent a row. */
export function RunAgents({ summary }: { summary: RunSummary }) {
  const isBounded = summary.agents.some(({ bounds }) => bounds !== undefined);
  const columns = useMemo(() => columnsOf(isBounded), [isBounded]);
  return (
    <Card title="Agents" aside={String(summary.agents.length)}>
      <DataGrid
        name="Agents"
        columns={columns}
        rows={summary.agents}
        rowKey={(agent) => agent.agentId}
        emptyText="No cost or balance can be told: this run stores no events."
        stickyFirstColumn
      />
    </Card>
  );
}
