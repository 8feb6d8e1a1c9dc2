import { useMemo, useState } from 'react';

import type { DeskRow } from '../shared/proposals/deskRow.ts';
import {
  conditionWords,
  namesOf,
  setOperand,
  typedInColumn,
  type Filter,
} from '../shared/proposals/filter.ts';
import type { ProposalColumn } from '../shared/proposals/numberColumns.tsx';
import styles from './Proposals.module.css';

interface ColumnFieldProps {
  readonly column: ProposalColumn;
  /** All rows: what a set offers does not hang on the other conditions. */
  readonly rows: readonly DeskRow[];
  readonly filter: Filter | undefined;
  readonly onChange: (column: string, filter: Filter | undefined) => void;
}

/** Values of a set beyond which it is typed, as a list of them would be no help. */
const mostChoices = 40;

/** The condition on one column, under its heading. */
export function ColumnField(props: ColumnFieldProps) {
  const { column, rows } = props;
  const values = useMemo(() => (column.kind === 'set' ? valuesOf(column, rows) : undefined), [column, rows]);
  return values !== undefined && values.length <= mostChoices ? (
    <Choice {...props} values={values} />
  ) : (
    // Anew where the condition was changed elsewhere.
    <Typed key={props.filter === undefined ? '' : props.filter.operator + props.filter.operand} {...props} />
  );
}

/** The values of a column, most frequent first. */
function valuesOf(column: ProposalColumn, rows: readonly DeskRow[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const value = column.value(row);
    if (value !== undefined) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([value]) => value);
}

function Choice({
  column,
  filter,
  onChange,
  values,
}: ColumnFieldProps & { readonly values: readonly string[] }) {
  const { id, label } = column;
  const chosen = filter?.operator === '=' ? namesOf(filter.operand) : [];
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
        onChange(id, value === '' ? undefined : { column: id, operator: '=', operand: setOperand([value]) })
      }
    >
      <option value="">all</option>
      {isOther && <option value={other}>{conditionWords(filter, 'set')}</option>}
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

function Typed({ column, filter, onChange }: ColumnFieldProps) {
  const stands = filter === undefined ? '' : conditionWords(filter, column.kind);
  const [text, setText] = useState(stands);
  const [problem, setProblem] = useState<string>();
  const apply = () => {
    if (text.trim() === stands) return;
    if (text.trim() === '') {
      onChange(column.id, undefined);
      return;
    }
    const typed = typedInColumn(text, column);
    setProblem('problem' in typed ? typed.problem : undefined);
    if ('filter' in typed) onChange(column.id, typed.filter);
  };
  return (
    <input
      data-own-stop=""
      className={styles.columnField}
      data-set={filter !== undefined}
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
  number: 'as < 5, 3..12, = none',
  money: 'dollars, as > 5, -2.50..0, = none',
  share: 'as < 15 %, 10..20 %, = none',
};
