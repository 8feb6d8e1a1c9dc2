import { useId, useState } from 'react';

import { formatCount } from '../../lib/format.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import type { DeskRow } from '../shared/proposals/deskRow.ts';
import {
  filterWords,
  formatFilter,
  conditionWords,
  isNumeric,
  namesInOperand,
  setOperand,
  type Filter,
} from '../shared/proposals/filter.ts';
import type { ProposalColumn } from '../shared/proposals/numberColumns.tsx';
import { typedFilter, type ValuesOf, typedInColumn } from '../shared/proposals/typedFilter.ts';
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

interface ColumnFieldProps {
  readonly column: ProposalColumn;
  /** Of all rows: what a set offers does not hang on the other conditions. */
  readonly valuesOf: ValuesOf<DeskRow>;
  /** The conditions on this column. */
  readonly filters: readonly Filter[];
  readonly onChange: (column: string, filters: readonly Filter[]) => void;
}

/** Values of a set beyond which it is typed, as a list of them would be no help. */
const mostChoices = 40;

/** The conditions on one column, under its heading. */
export function ColumnField(props: ColumnFieldProps) {
  const { column, valuesOf, filters } = props;
  const values = column.kind === 'set' ? valuesOf(column).values : undefined;
  return values !== undefined && values.length <= mostChoices ? (
    <Choice {...props} values={values} />
  ) : (
    // Anew where the condition was changed elsewhere.
    <Typed key={conditionsWords(filters, column)} {...props} />
  );
}

const conditionsWords = (filters: readonly Filter[], { kind }: ProposalColumn): string =>
  filters.map((filter) => conditionWords(filter, kind)).join(' and ');

function Choice({
  column,
  filters,
  onChange,
  values,
}: ColumnFieldProps & { readonly values: readonly string[] }) {
  const { id, label } = column;
  const [filter, ...more] = filters;
  const chosen = filter?.operator === '=' && more.length === 0 ? namesInOperand(filter.operand) : [];
  const one = chosen.length === 1 ? chosen[0] : undefined;
  const isOther = filter !== undefined && (one === undefined || ![...values, 'none'].includes(one));
  return (
    <select
      data-own-stop=""
      className={styles.columnField}
      data-set={filter !== undefined}
      aria-label={`Only ${label}`}
      value={isOther ? other : (one ?? '')}
      onChange={({ target: { value } }) =>
        onChange(id, value === '' ? [] : [{ column: id, operator: '=', operand: setOperand([value]) }])
      }
    >
      <option value="">all</option>
      {isOther && <option value={other}>{conditionsWords(filters, column)}</option>}
      {values.map((value) => (
        <option key={value} value={value}>
          {value}
        </option>
      ))}
      <option value="none">none recorded</option>
    </select>
  );
}

/** No value of a column: a condition that the list cannot say. */
const other = '\n';

function Typed({ column, valuesOf, filters, onChange }: ColumnFieldProps) {
  const stands = conditionsWords(filters, column);
  const [text, setText] = useState(stands);
  const [problem, setProblem] = useState<string>();
  const apply = () => {
    if (text.trim() === stands) return;
    if (text.trim() === '') {
      onChange(column.id, []);
      return;
    }
    // In words "and" may be what is looked for.
    const parts = isNumeric(column.kind) ? text.split(/\s+and\s+/iu) : [text];
    const typed = parts.map((part) => typedInColumn(part, column, valuesOf));
    const wrong = typed.find((one) => 'problem' in one);
    setProblem(wrong?.problem);
    if (wrong === undefined)
      onChange(
        column.id,
        typed.flatMap((one) => ('filter' in one ? [one.filter] : [])),
      );
  };
  return (
    <input
      data-own-stop=""
      className={styles.columnField}
      data-set={filters.length > 0}
      readOnly={filters.length > 1 && !isNumeric(column.kind)}
      data-end={column.align === 'end'}
      aria-label={`Only ${column.label}`}
      aria-invalid={problem !== undefined}
      title={problem ?? hints[column.kind]}
      placeholder={column.kind === 'text' || column.kind === 'set' ? 'contains' : 'range'}
      spellCheck={false}
      autoComplete="off"
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={apply}
      onKeyDown={(event) => {
        if (event.key === 'Enter') apply();
        if (event.key === 'Escape') {
          setText(stands);
          setProblem(undefined);
        }
      }}
    />
  );
}

const hints: Readonly<Record<ProposalColumn['kind'], string>> = {
  text: 'words to look for',
  set: 'a name, or several with commas between them',
  number: 'as < 5, 3..12, > 2 and != 7, = none',
  money: 'dollars, as > 5, -2.50..0, = none',
  share: 'as < 15 %, 10..20 %, = none',
};
