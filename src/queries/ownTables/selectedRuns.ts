/**
 * Which runs a statement selects by its own text. A part of a statement (what stands in one pair of brackets, or between
 * UNIONs) selects runs where its WHERE holds, joined by AND alone, `simulation_id = '…'` or `simulation_id IN ('…')`.
 * Whatever is not surely that needs all runs: more rows than needed change no answer, fewer do.
 */
import type { Statement, SqlToken } from '../../engine/ownSql/tokens.ts';

/** `first`: the first place that reads a table of runs. `ids`: undefined where all runs are needed. */
export interface SelectedRuns {
  readonly first: SqlToken;
  readonly ids: ReadonlySet<string> | undefined;
}

interface Part {
  clause: 'start' | 'select' | 'from' | 'where' | 'rest';
  /** The names of each table of runs that is read. */
  readonly read: (readonly string[])[];
  readonly compared: { readonly of: string | undefined; readonly ids: readonly string[] }[];
  /** Something by which rows of other runs may count. */
  isOpen: boolean;
  isBetween: boolean;
  cases: number;
  joins: number;
  joinsById: number;
}

const newPart = (): Part => ({
  clause: 'start',
  read: [],
  compared: [],
  isOpen: false,
  isBetween: false,
  cases: 0,
  joins: 0,
  joinsById: 0,
});

const column = 'simulation_id';
const clauseOf: Readonly<Record<string, Part['clause']>> = {
  select: 'select',
  where: 'where',
  group: 'rest',
  order: 'rest',
  having: 'rest',
  qualify: 'rest',
  window: 'rest',
  limit: 'rest',
};
/** Joins and samples that take other rows once some are left out before. */
const takesOthers = new Set(['anti', 'semi', 'positional', 'asof', 'tablesample', 'pivot', 'unpivot']);
const partsEnd = new Set(['union', 'intersect', 'except']);
/** After a comparison: any other word or mark makes it a part of something else. */
const mayFollow = new Set([...Object.keys(clauseOf), ...partsEnd, 'and', ')']);

/** Undefined where no table of runs is read. */
export function selectedRuns(
  statement: Statement,
  isRunTable: (name: string) => boolean,
): SelectedRuns | undefined {
  const { tokens } = statement;
  let first: SqlToken | undefined;
  const parts: Part[] = [];
  let part = newPart();
  const around: Part[] = [];
  for (const [at, token] of tokens.entries()) {
    const { value } = token;
    if (token.kind === 'mark') {
      if ('([{'.includes(value)) {
        around.push(part);
        part = newPart();
      } else if (')]}'.includes(value)) {
        parts.push(part);
        part = around.pop() ?? newPart();
      } else if (value === ',' && part.clause === 'from') {
        part.joins += 1;
      }
    } else if (token.kind === 'word' && partsEnd.has(value)) {
      parts.push(part);
      part = newPart();
    } else if (token.kind === 'word') {
      readWord(part, statement, at);
    }
    if (isTable(tokens, at, part.clause) && isRunTable(value.toLowerCase())) {
      first ??= token;
      part.read.push(namesOf(tokens, at));
    }
  }
  if (first === undefined) return undefined;
  const reading = [...parts, part, ...around].filter(({ read }) => read.length > 0);
  if (!reading.every((one) => !one.isOpen && isCovered(one))) return { first, ids: undefined };
  const compared = reading.flatMap((one) => one.compared.flatMap(({ ids }) => ids));
  return { first, ids: new Set(compared) };
}

function readWord(part: Part, statement: Statement, at: number): void {
  const { tokens } = statement;
  const value = valueAt(tokens, at);
  if (value === 'case') part.cases += 1;
  else if (value === 'end') part.cases -= 1;
  else if (value === 'from' && valueAt(tokens, at - 1) !== 'distinct') part.clause = 'from';
  else if (value in clauseOf) part.clause = clauseOf[value] ?? part.clause;
  else if (value === 'join') part.joins += 1;
  else if (value === 'using' && part.clause === 'from' && isById(tokens, at)) part.joinsById += 1;
  else if (value === 'between') part.isBetween = true;
  if (takesOthers.has(value) || (value === 'or' && part.cases === 0)) part.isOpen = true;
  const isBound = value === 'and' && part.isBetween;
  if (isBound) part.isBetween = false;
  if ((value === 'where' || (value === 'and' && !isBound)) && part.clause === 'where' && part.cases === 0) {
    const compared = comparedFrom(statement, at + 1);
    if (compared !== undefined) part.compared.push(compared);
  }
}

const valueAt = (tokens: readonly SqlToken[], at: number): string => tokens[at]?.value.toLowerCase() ?? '';

/** Each table of runs is compared itself, or joined by the id to one that is. */
function isCovered({ read, compared, joins, joinsById }: Part): boolean {
  if (joins > 0 && joins === joinsById) return compared.length > 0;
  return read.every((names) =>
    compared.some(({ of }) => (of === undefined ? read.length === 1 : names.includes(of))),
  );
}

/** A name at which a table may stand; one before a dot is a schema's or qualifies a column. */
function isTable(tokens: readonly SqlToken[], at: number, clause: Part['clause']): boolean {
  const kind = tokens[at]?.kind;
  if (kind !== 'word' && kind !== 'quoted name') return false;
  if (valueAt(tokens, at + 1) === '.' || valueAt(tokens, at - 1) === 'as') return false;
  return clause === 'start' || clause === 'from';
}

function namesOf(tokens: readonly SqlToken[], at: number): readonly string[] {
  const alias = valueAt(tokens, at + 1) === 'as' ? at + 2 : at + 1;
  return [valueAt(tokens, at), valueAt(tokens, alias)];
}

function isById(tokens: readonly SqlToken[], at: number): boolean {
  const end = tokens.findIndex(({ value }, place) => place > at && value === ')');
  return (
    valueAt(tokens, at + 1) === '(' &&
    tokens.slice(at, end).some((_, i) => valueAt(tokens, at + i) === column)
  );
}

function comparedFrom(
  { tokens, text, from }: Statement,
  start: number,
): Part['compared'][number] | undefined {
  const isQualified = valueAt(tokens, start + 1) === '.';
  let at = isQualified ? start + 2 : start;
  if (valueAt(tokens, at) !== column) return undefined;
  const literals: SqlToken[] = [];
  const take = (place: number): void => {
    const token = tokens[place];
    if (token !== undefined) literals.push(token);
  };
  if (valueAt(tokens, at + 1) === '=') {
    take(at + 2);
    at += 3;
  } else if (valueAt(tokens, at + 1) === 'in' && valueAt(tokens, at + 2) === '(') {
    for (at += 3; ; at += 2) {
      take(at);
      if (valueAt(tokens, at + 1) !== ',') break;
    }
    if (valueAt(tokens, at + 1) !== ')') return undefined;
    at += 2;
  } else {
    return undefined;
  }
  const after = tokens[at];
  if (after !== undefined && (after.kind === 'quoted name' || !mayFollow.has(after.value))) return undefined;
  const words = literals.map((token) => text.slice(token.from - from, token.to - from));
  // A text with a prefix, or between dollars, is read by rules of its own.
  if (!words.every((word) => word.startsWith("'"))) return undefined;
  return {
    of: isQualified ? valueAt(tokens, start) : undefined,
    ids: words.map((word) => word.slice(1, -1).replaceAll("''", "'")),
  };
}
