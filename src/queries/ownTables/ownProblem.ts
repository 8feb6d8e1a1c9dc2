import type { EngineError } from '../../engine/errors.ts';
import type { Statement } from '../../engine/ownSql/tokens.ts';

/** What is wrong with a reader's statement: where, in plain words, and in the engine's own. */
export interface OwnProblem {
  /** Places in the whole text, from 0; the same where only the place is known. */
  readonly from: number;
  readonly to: number;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  readonly plain: string;
  /** Undefined where the engine was not asked. */
  readonly engine: string | undefined;
}

export function problemAt(
  given: string,
  from: number,
  to: number,
  plain: string,
  engine?: string,
): OwnProblem {
  const before = given.slice(0, from).split('\n');
  return {
    from,
    to: Math.max(from, to),
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
    plain,
    engine,
  };
}

const quoted = (text: string | undefined): string =>
  (text ?? '')
    .split(',')
    .map((name) => name.trim().replace(/^"|"$/g, ''))
    .filter((name) => name !== '')
    .slice(0, 6)
    .join(', ');

const noJson =
  'The engine of the browser has no JSON functions: -> and ->> cannot work, nor the type JSON. What the JSON texts hold stands in proposals, samples, costs, policy_parameters and run_links; of a flat object flat_number(text, key), flat_integer, flat_text and flat_keys take a value.';

/** Words of the engine, and the same in plain ones; the first that fits. */
const plainWords: readonly (readonly [RegExp, (...found: string[]) => string])[] = [
  [
    /(?:json_\w+|"json"|Type with name json|json extension|from_json|to_json|->>?\(|operator ->)/i,
    () => noJson,
  ],
  [
    /exists in the (\w+) extension/i,
    (_, extension) =>
      `This needs DuckDB’s extension ${extension}, which would be fetched from another host. Nothing is fetched here.`,
  ],
  [/syntax error at end of input/i, () => 'The statement ends too soon.'],
  [
    /syntax error at or near "([^"]*)"/i,
    (_, word) => `The statement cannot be understood from “${word}” on.`,
  ],
  [
    /Table with name (\S+) does not exist![\s\S]*?Did you mean "([^"]*)"/,
    (_, name, near) => `There is no table ${name}. Is ${near} meant?`,
  ],
  [/Table with name (\S+) does not exist/, (_, name) => `There is no table ${name}.`],
  [
    /Referenced column "([^"]*)" not found[\s\S]*?Candidate bindings: (.*)/,
    (_, name, near) => `There is no column ${name} here. The nearest names: ${quoted(near)}.`,
  ],
  [/Referenced column "([^"]*)" not found/, (_, name) => `There is no column ${name} here.`],
  [
    /Referenced table "([^"]*)" not found/,
    (_, name) => `${name} is no table of this FROM. A text stands in single quotes: '${name}'.`,
  ],
  [
    /column "([^"]*)" must appear in the GROUP BY clause/,
    (_, name) =>
      `${name} has many values in a group. Add it to GROUP BY, or say which is meant: any_value(${name}), max(${name}).`,
  ],
  [
    /Ambiguous reference to column name "([^"]*)"/,
    (_, name) =>
      `${name} is a column of several tables of this FROM. Write the table before it, as in t.${name}.`,
  ],
  [
    /Function with name "?([^" ]+)"? does not exist![\s\S]*?Did you mean "([^"]*)"/,
    (_, name, near) => `There is no function ${name}. Is ${near} meant?`,
  ],
  [/Function with name "?([^" ]+)"? does not exist/, (_, name) => `There is no function ${name}.`],
  [
    /No function matches the given name and argument types '([^']*)'/,
    (_, call) =>
      `${call} is given values of types that it does not take. A cast turns one into another: value::DOUBLE.`,
  ],
  [
    /Could not convert string '([^']*)' to (\w+)/,
    (_, value, type) => `The text '${value}' is no ${type}. TRY_CAST gives NULL instead.`,
  ],
  [/Expected \d+ parameters/, () => 'A parameter ($1, ?) has no value here: write the value itself.'],
  [
    /(?:Out of Memory|could not allocate|failed to allocate|allocation failure)(?:[\s\S]*?\/([\d.]+ [KMGT]iB) used)?/i,
    (_, ...[limit]) =>
      `The statement needs more memory than the engine has${limit === undefined ? '' : `, which is ${limit}`}. Ask for fewer rows or columns, add a WHERE or a LIMIT, or sum up.`,
  ],
  [
    /out of range/i,
    () => 'A number leaves the range of its type. A cast widens it: value::HUGEINT or value::DOUBLE.',
  ],
];

/** `LINE 2: ...FROM nowhere` and a caret under it, as the engine points at a place. */
const pointer = /LINE (\d+): (\.\.\.)?(.*)\n( *)\^/;

/** Where in the statement the engine points, at most its end; `linesBefore`: lines that were put before it. */
function placeOf(message: string, statement: string, linesBefore: number): number | undefined {
  const [, number, dots = '', excerpt, indent] = pointer.exec(message) ?? [];
  if (number === undefined || excerpt === undefined || indent === undefined) return undefined;
  const lines = statement.split('\n');
  const index = Number(number) - 1 - linesBefore;
  // The bracket that closes ours, on a line of its own: the statement came to its end too soon.
  if (linesBefore > 0 && index === lines.length && excerpt.startsWith(')')) return statement.length;
  const line = lines[index];
  if (line === undefined) return undefined;
  const core = excerpt.replace(/\.\.\.$/, '');
  const start = dots === '' ? 0 : line.indexOf(core);
  if (start < 0) return undefined;
  const inLine = start + indent.length - `LINE ${number}: `.length - dots.length;
  const before = lines.slice(0, index).reduce((sum, each) => sum + each.length + 1, 0);
  return before + Math.max(0, Math.min(inLine, line.length));
}

const atEnd = 'Parser Error: syntax error at end of input';

/** What the engine finds wrong with a statement of `given`, in its words and in plain ones. */
export function ownProblem(
  given: string,
  statement: Statement,
  { message }: EngineError,
  linesBefore: number,
): OwnProblem {
  const isEnd = /syntax error at end of input/i.test(message);
  const at = isEnd ? statement.text.length : placeOf(message, statement.text, linesBefore);
  const from = statement.from + (at ?? 0);
  const end = statement.from + statement.text.length;
  const word = /^(?:[\p{L}\p{N}_.]+|"[^"]*"|\S)/u.exec(given.slice(from, end))?.[0] ?? '';
  const to = at === undefined ? end : from + word.length;
  const [first] = message.split(/\n\s*\n|\nLINE /);
  const said = (first ?? message).trim();
  const isOurBracket = at === statement.text.length && !isEnd;
  // Said as the engine does where it is given the statement alone: the reader did not write that bracket.
  const words = isOurBracket ? atEnd : message;
  const [pattern, make] = plainWords.find(([one]) => one.test(words)) ?? [];
  const plain =
    make === undefined ? said.replace(/^[\w ]+Error: /, '') : make(...(pattern?.exec(words) ?? []));
  return problemAt(given, from, to, plain, isOurBracket ? atEnd : said);
}
