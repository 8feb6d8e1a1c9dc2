import { useMemo } from 'react';

import type { Json } from '../../../lib/json.ts';
import { originsOf, type Origin, type TrunkStep } from '../../../domain/policy/history/origins.ts';
import type { AgentId } from '../../../lib/ids.ts';
import { DataGrid } from '../../../ui/grid/DataGrid.tsx';
import type { GridColumn } from '../../../ui/grid/gridColumn.ts';
import { textWidth } from '../../shared/columnWidth.ts';
import styles from './History.module.css';

const columnsFor = (origins: readonly Origin[]): readonly GridColumn<Origin>[] => [
  {
    id: 'place',
    header: 'In',
    value: ({ place }) => place,
    width: textWidth(
      origins.map(({ place }) => place),
      110,
      260,
    ),
  },
  { id: 'part', header: 'Part', value: ({ text }) => text, width: 240, grow: true },
  {
    id: 'since',
    header: 'In force since',
    value: ({ since }) => since,
    render: ({ since, orEarlier }) =>
      since === undefined ? 'new in this proposal' : `iteration ${since}${orEarlier ? ' or earlier' : ''}`,
    align: 'end',
    width: 150,
  },
];

interface OriginsTableProps {
  readonly agentId: AgentId;
  readonly policy: Json | undefined;
  /** What was in force up to this proposal. */
  readonly trunk: readonly TrunkStep[];
}

/** Since when each number and each node of the proposal has been in force without a break. */
export function OriginsTable({ agentId, policy, trunk }: OriginsTableProps) {
  const origins = useMemo(() => originsOf(policy, trunk), [policy, trunk]);
  const columns = useMemo(() => columnsFor(origins), [origins]);
  if (origins.length === 0) return undefined;
  const fresh = origins.filter(({ since }) => since === undefined).length;
  return (
    <section className={styles.part} aria-label="Where it came from">
      <h3>Where it came from</h3>
      <p>
        {fresh === 0 ? 'Every part' : `${origins.length - fresh} of ${origins.length} parts`} of this proposal{' '}
        {fresh === 0 || origins.length - fresh !== 1 ? 'were' : 'was'} in force already.
      </p>
      <DataGrid
        name={`Parts of the proposal of ${agentId}`}
        columns={columns}
        rows={origins}
        rowKey={({ place, text }) => `${place} ${text}`}
        emptyText="None."
        maxHeight={300}
      />
    </section>
  );
}
