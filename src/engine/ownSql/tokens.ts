/** SQL as DuckDB's own scanner takes it apart: what is a text, a name or a comment there has to be one here. */

type TokenKind = 'word' | 'quoted name' | 'text' | 'number' | 'mark';

export interface SqlToken {
  readonly kind: TokenKind;
  /** A word in lower case, a quoted name without its quotes, a mark as it stands; of a text nothing is needed. */
  readonly value: string;
  /** Places in the whole text, from 0. */
  readonly from: number;
  readonly to: number;
}

/** One statement of several: its words, without the semicolon. */
export interface Statement {
  readonly text: string;
  /** Where it begins in the whole text, from 0. */
  readonly from: number;
  readonly tokens: readonly SqlToken[];
}

/** A text that no statement can be made of: a quote or a comment without an end. */
export class UnfinishedText extends Error {
  /** Place in the whole text, from 0. */
  readonly at: number;
  constructor(what: string, at: number) {
    super(`This ${what} has no end.`);
    this.at = at;
  }
}

/** What may follow a quote that is a doubled one: the text goes on. */
function endOfQuoted(text: string, from: number, quote: string, isEscaped: boolean, what: string): number {
  for (let at = from; at < text.length; at += 1) {
    if (isEscaped && text[at] === '\\') {
      at += 1;
    } else if (text[at] === quote) {
      if (text[at + 1] !== quote) return at + 1;
      at += 1;
    }
  }
  throw new UnfinishedText(what, from - 1);
}

/** Block comments stand inside each other, as in PostgreSQL. */
function endOfComment(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const two = text.slice(at, at + 2);
    if (two === '/*') depth += 1;
    if (two === '*/') depth -= 1;
    if (two !== '/*' && two !== '*/') continue;
    at += 1;
    if (depth === 0) return at + 1;
  }
  throw new UnfinishedText('comment', from);
}

const space = /\s/u;
const wordStart = /[\p{L}_\u0080-\uffff]/u;
const wordEnd = /[^\p{L}\p{N}_$\u0080-\uffff]/gu;
const dollarTag = /\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$/uy;
const numberText = /(?:0[xX][\da-fA-F_]+|[\d_]+\.?[\d_]*(?:[eE][+-]?\d+)?)/uy;

function firstMatch(pattern: RegExp, text: string, from: number): RegExpExecArray | null {
  pattern.lastIndex = from;
  return pattern.exec(text);
}

/** One token from `from` on, which is not a space; undefined for a comment. Gives where it ends. */
function readToken(text: string, from: number): readonly [SqlToken | undefined, number] {
  const first = text[from] ?? '';
  const token = (kind: TokenKind, value: string, to: number) => [{ kind, value, from, to }, to] as const;
  if (text.startsWith('--', from)) {
    const end = /[\n\r]/g;
    return [undefined, firstMatch(end, text, from)?.index ?? text.length];
  }
  if (text.startsWith('/*', from)) return [undefined, endOfComment(text, from)];
  if (first === "'") return token('text', '', endOfQuoted(text, from + 1, "'", false, 'text'));
  if (first === '"') {
    const to = endOfQuoted(text, from + 1, '"', false, 'name');
    return token('quoted name', text.slice(from + 1, to - 1).replaceAll('""', '"'), to);
  }
  if (first === '$') {
    const tag = firstMatch(dollarTag, text, from)?.[0];
    if (tag !== undefined) {
      const end = text.indexOf(tag, from + tag.length);
      if (end < 0) throw new UnfinishedText('text', from);
      return token('text', '', end + tag.length);
    }
  }
  // A prefix makes the text after it one of its own kind; only E'' reads a backslash as an escape.
  if (/[eExXbBnN]/.test(first) && text[from + 1] === "'") {
    return token('text', '', endOfQuoted(text, from + 2, "'", /[eE]/.test(first), 'text'));
  }
  if (wordStart.test(first)) {
    const to = firstMatch(wordEnd, text, from)?.index ?? text.length;
    return token('word', text.slice(from, to).toLowerCase(), to);
  }
  const number = /\d/.test(first) ? firstMatch(numberText, text, from)?.[0] : undefined;
  if (number !== undefined) return token('number', number, from + number.length);
  return token('mark', first, from + 1);
}

/**
 * The statements of a text, in their order; empty ones are left out. A semicolon in a text, a quoted name or a comment
 * parts nothing. Throws `UnfinishedText`.
 */
export function statementsIn(text: string): readonly Statement[] {
  const statements: Statement[] = [];
  let tokens: SqlToken[] = [];
  const finish = (): void => {
    const [first, last] = [tokens[0], tokens.at(-1)];
    if (first !== undefined && last !== undefined)
      statements.push({ text: text.slice(first.from, last.to), from: first.from, tokens });
    tokens = [];
  };
  for (let at = 0; at < text.length;) {
    if (space.test(text[at] ?? '')) {
      at += 1;
      continue;
    }
    const [token, next] = readToken(text, at);
    if (token?.kind === 'mark' && token.value === ';') finish();
    else if (token !== undefined) tokens.push(token);
    at = next;
  }
  finish();
  return statements;
}
