import { useId, useState } from 'react';

import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { filterWords, typedFilter } from '../shared/proposals/filter.ts';
import type { ProposalColumn } from '../shared/proposals/numberColumns.tsx';
import styles from './Proposals.module.css';
import type { ProposalTable } from './useProposalTable.ts';

interface FilterLineProps {
  readonly columns: readonly ProposalColumn[];
  readonly table: ProposalTable;
}

/** All conditions in words, and a field to type a further one. */
export function FilterLine({
  columns,
  table: { filters, unknown, setFilter, clearFilters },
}: FilterLineProps) {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string>();
  const id = useId();
  const apply = () => {
    const typed = typedFilter(text, columns);
    setProblem('problem' in typed ? typed.problem : undefined);
    if (!('filter' in typed)) return;
    setFilter(typed.filter.column, typed.filter);
    setText('');
  };
  return (
    <section aria-label="Filter" className={styles.filter}>
      <div className={styles.line}>
        {[...filters].map(([column, filter]) => {
          const known = columns.find((one) => one.id === column);
          if (known === undefined) return null;
          const words = filterWords(filter, known);
          return (
            <Chip
              key={column}
              remove={{ label: `Take away ${words}`, onRemove: () => setFilter(column, undefined) }}
            >
              <b>{words}</b>
            </Chip>
          );
        })}
        <input
          className={styles.typed}
          aria-label="Add a condition"
          aria-invalid={problem !== undefined}
          aria-describedby={`${id}-problem`}
          placeholder={
            filters.size === 0 ? 'for example: proposed < 15 %' : 'and … for example: verdict = rejected'
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
        </datalist>
        {filters.size > 0 && (
          <Button variant="ghost" size="small" onClick={clearFilters}>
            Clear
          </Button>
        )}
      </div>
      <p id={`${id}-problem`} role="status" className={styles.problem}>
        {problem}
        {unknown.length > 0 &&
          ` Of the link not applied, as no column of the open files fits: ${unknown.join(', ')}`}
      </p>
    </section>
  );
}
