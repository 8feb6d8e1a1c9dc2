import { useMemo } from 'react';

import { compareConfigurations, type ComparedKey } from '../../domain/compare/groups.ts';
import { parseJson, type Json } from '../../lib/json.ts';
import { Card } from '../../ui/Card.tsx';
import { Disclosure } from '../../ui/Disclosure.tsx';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import type { GridColumn } from '../../ui/grid/gridColumn.ts';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { Missing } from '../shared/Values.tsx';
import styles from './Compare.module.css';
import type { Entry } from './entries.ts';
import type { Compared } from './useCompared.ts';

/** The configurations side by side: what differs first, what is equal folded. */
export function ConfigurationCard({ entries }: { readonly entries: readonly Entry[] }) {
  const compared = useMemo(() => entries.flatMap(({ members }) => members), [entries]);
  const keys = useMemo(() => compareConfigurations(compared.map(configurationOf)), [compared]);
  const columns = useMemo(() => keyColumns(entries), [entries]);
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
              whole={equal.length === 0 ? undefined : { columns, rows: keys }}
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

/** A column an experiment; of a group the values of its passes, each once. */
function keyColumns(entries: readonly Entry[]): readonly GridColumn<ComparedKey>[] {
  let next = 0;
  const places = entries.map(({ members }) => {
    const first = next;
    next += members.length;
    return [first, next] as const;
  });
  return [
    { id: 'key', header: 'Key', value: ({ key }) => key, width: 220 },
    ...entries.map(({ key, label }, i): GridColumn<ComparedKey> => {
      const [from, to] = places[i] ?? [0, 0];
      const words = ({ values }: ComparedKey) => {
        const found = new Set(values.slice(from, to));
        if (found.size === 1 && found.has(undefined)) return undefined;
        return [...found].map((value) => value ?? 'not stored').join(', ');
      };
      return {
        id: key,
        header: label,
        value: words,
        render: (row) => words(row) ?? <Missing why="not stored" />,
        width: 190,
      };
    }),
  ];
}
