import { useMemo } from 'react';

import { compareConfigurations, type ComparedKey } from '../../domain/compare/configurations.ts';
import { parseJson, type Json } from '../../lib/json.ts';
import { Card } from '../../ui/Card.tsx';
import { Disclosure } from '../../ui/Disclosure.tsx';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import type { GridColumn } from '../../ui/grid/gridColumn.ts';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { Missing } from '../shared/Missing.tsx';
import styles from './Compare.module.css';
import type { Compared } from './useCompared.ts';

/** The configurations side by side: what differs first, what is equal folded. */
export function ConfigurationCard({ compared }: { readonly compared: readonly Compared[] }) {
  const keys = useMemo(() => compareConfigurations(compared.map(configurationOf)), [compared]);
  const columns = useMemo(() => keyColumns(compared), [compared]);
  const differing = keys.filter(({ differs }) => differs);
  const equal = keys.filter(({ differs }) => !differs);
  return (
    <Card title="Only what differs" aside={`${differing.length} of ${keys.length} keys`}>
      {compared.some(({ facts }) => facts === undefined) ? (
        <ProgressBar doing="Reading the configurations" />
      ) : (
        <>
          {differing.length === 0 ? (
            <p className={styles.note}>The stored configurations are equal.</p>
          ) : (
            <DataGrid
              name="Configuration, what differs"
              columns={columns}
              rows={differing}
              rowKey={({ key }) => key}
              emptyText=""
              stickyFirstColumn
            />
          )}
          {equal.length > 0 && (
            <div className={styles.folded}>
              <Disclosure summary={`Equal: ${equal.length} keys`}>
                <DataGrid
                  name="Configuration, what is equal"
                  columns={columns}
                  rows={equal}
                  rowKey={({ key }) => key}
                  emptyText=""
                  stickyFirstColumn
                />
              </Disclosure>
            </div>
          )}
        </>
      )}
    </Card>
  );
}

/** As stored, and the proposers, which stand in the exchanges. */
function configurationOf({ facts }: Compared): Json | undefined {
  if (facts === undefined) return undefined;
  const stored = parseJson(facts.configText);
  const models = facts.models.length === 0 ? {} : { 'proposer, of its exchanges': facts.models.join(', ') };
  if (!stored.ok || stored.value === null || typeof stored.value !== 'object' || Array.isArray(stored.value))
    return models;
  return { ...models, ...stored.value };
}

function keyColumns(compared: readonly Compared[]): readonly GridColumn<ComparedKey>[] {
  return [
    { id: 'key', header: 'Key', value: ({ key }) => key, width: 200 },
    ...compared.map(({ id, label }, i): GridColumn<ComparedKey> => ({
      id,
      header: label,
      value: ({ values }) => values[i],
      render: ({ values }) => values[i] ?? <Missing why="not stored" />,
      width: 170,
    })),
  ];
}
