import { useId, useState } from 'react';

import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { formatCount } from '../../lib/format.ts';
import type { DeskRow } from '../shared/proposals/deskRow.ts';
import { filterWords, formatFilter } from '../shared/proposals/filter.ts';
import { typedFilter, type ValuesOf } from '../shared/proposals/typedFilter.ts';
import type { ProposalColumn } from '../shared/proposals/numberColumns.tsx';
import styles from './Proposals.module.css';
import type { ProposalTable } from './useProposalTable.ts';

interface FilterLineProps {
  readonly columns: readonly ProposalColumn[];
  readonly table: ProposalTable;
  readonly valuesOf: ValuesOf<DeskRow>;
}

/** All conditions in words, and a field to type a further one. */
export function FilterLine({
  columns,
  table: { filters, unknown, unmet, addFilter, removeFilter, clearFilters },
  valuesOf,
}: FilterLineProps) {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string>();
  const id = useId();
  const apply = () => {
    const typed = typedFilter(text, columns, valuesOf);
    setProblem('problem' in typed ? typed.problem : undefined);
    if (!('filter' in typed)) return;
    addFilter(typed.filter);
    setText('');
  };
  return (
    <section aria-label="Filter" className={styles.filter}>
      <div className={styles.line}>
        {filters.map(({ filter, column, without }) => {
          const words = filterWords(filter, column);
          return (
            <Chip
              key={formatFilter(filter)}
              remove={{ label: `Take away ${words}`, onRemove: () => removeFilter(filter) }}
            >
              <b>{words}</b>
              {without > 0 && `, leaves out ${formatCount(without)} without a value`}
            </Chip>
          );
        })}
        <input
          className={styles.typed}
          aria-label="Add a condition"
          aria-invalid={problem !== undefined}
          aria-describedby={`${id}-problem`}
          placeholder={
            filters.length === 0
              ? 'for example: fraction < 15 %'
              : 'and … for example: verdict does not follow'
          }
          list={`${id}-columns`}
          spellCheck={false}
          autoComplete="off"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setProblem(undefined);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && text.trim() !== '') apply();
          }}
        />
        <datalist id={`${id}-columns`}>
          {columns.map((column) => (
            <option key={column.id} value={`${column.say} `} />
          ))}
          {columns.flatMap(({ phrases }) =>
            [...(phrases?.keys() ?? [])].map((phrase) => <option key={phrase} value={phrase} />),
          )}
        </datalist>
        {filters.length > 0 && (
          <Button variant="ghost" size="small" onClick={clearFilters}>
            Clear
          </Button>
        )}
      </div>
      <p id={`${id}-problem`} role="status" className={styles.problem}>
        {[...(problem === undefined ? [] : [problem]), ...unmet].join(' ')}
        {unknown.length > 0 &&
          ` Of the link not applied, as no column of the open files, or none of its values, fits: ${unknown.join(', ')}`}
      </p>
    </section>
  );
}
