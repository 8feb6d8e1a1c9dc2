/** Whether a JSON text is broken, told by core functions: the browser's engine has no JSON ones. */
import { join, sql, type Sql } from '../../lib/sql.ts';

const text = String.raw`"(?:[^"\\]|\\.)*"`;
const knownWord = String.raw`\b(?:true|false|null|NaN|Infinity)\b|[0-9.][eE][+-]?[0-9]`;
/** Two values side by side, an empty place, brackets of two kinds; of what is left without the letters of texts. */
const misplaced = String.raw`""\s*[^\s,:\]}]|[,:]\s*[,:}\]]|[{\[]\s*[,:]|\{\s*\]|\[\s*\}`;

/**
 * Whether a text that begins and ends as JSON is broken in between: misplaced signs, brackets without their other half,
 * or a bare word other than those of JSON and of Python's writer (NaN, Infinity).
 */
export function isBroken(column: Sql): Sql {
  const without = (sign: string) => sql`length(replace(rest, ${sign}, ''))`;
  const bare = sql`regexp_replace(rest, ${knownWord}, '0', 'g')`;
  // The engine would replace anew for each use of a name; the place in a list is computed once.
  return sql`list_transform([regexp_replace(${column}, ${text}, '""', 'gs')], lambda rest:
    regexp_matches(rest, ${misplaced}) OR ${without('{')} <> ${without('}')}
    OR ${without('[')} <> ${without(']')} OR regexp_matches(${bare}, ${"[A-Za-z_$']"}))[1]`;
}

/** Python writes a number that is none as one of these, which JSON does not have. */
const noNumber = ['NaN', 'Infinity'] as const;

/** Whether such a word stands outside the texts of a JSON text; most texts have neither and are not taken apart. */
export function holdsNoNumber(column: Sql): Sql {
  const named = noNumber.map((word) => sql`contains(${column}, ${word})`);
  const rest = sql`regexp_replace(${column}, ${text}, '""', 'gs')`;
  return sql`CASE WHEN ${join(named, ' OR ')} THEN
    regexp_matches(${rest}, ${String.raw`\b(?:${noNumber.join('|')})\b`}) ELSE FALSE END`;
}

const scalar = String.raw`[-+.0-9]|[0-9.][eE][-+]?[0-9]|\b(?:true|false|null)\b`;
/** What may stand before a value: lists that begin, and texts with the sign after them. */
const before = String.raw`(?:\[\s*|${text}\s*[,:]\s*)*`;

/** Values with their signs, none misplaced; objects inside them up to a depth. Nothing stands in it twice, so it is short. */
function valuesUpTo(depth: number): string {
  const object = depth === 0 ? '' : String.raw`|\{${valuesUpTo(depth - 1)}\}`;
  const value = String.raw`(?:${scalar}|${text}\s*\]|\[\s*\]${object})`;
  return String.raw`(?:[\s\]]|(?:[,:]\s*)?${before}${value})*(?:(?:[,:]\s*)?${before}${text}\s*)?`;
}

function listsUpTo(depth: number): string {
  const list = depth === 0 ? '' : String.raw`|\[${listsUpTo(depth - 1)}\]`;
  return String.raw`(?:[^"\[\]]|${text}${list})*`;
}

/** Policies nest their conditions: deeper than this hardly any does. */
const objectDepth = 16;
const listDepth = 8;

/**
 * True only of texts that are neither broken nor hold a number that is none; most are told so by this, which walks
 * through each once and copies nothing, in a fifth of the time of taking the texts out. The pattern of values lets pass
 * a sign right after a bracket and leaves lists uncounted: those two are looked for besides.
 */
export function isPlainlyWhole(column: Sql): Sql {
  return sql`regexp_full_match(${column}, ${valuesUpTo(objectDepth)}, 's')
    AND NOT regexp_matches(${column}, ${String.raw`\{\s*[,:\]]`})
    AND CASE WHEN contains(${column}, '[') OR contains(${column}, ']')
      THEN regexp_full_match(${column}, ${listsUpTo(listDepth)}, 's') ELSE TRUE END`;
}

/** Whether a text that begins and ends as JSON is broken in between or, unless that is told elsewhere, holds no number. */
export function isBrokenInside(column: Sql, withNumbers: boolean): Sql {
  const odd = withNumbers ? sql`${isBroken(column)} OR ${holdsNoNumber(column)}` : isBroken(column);
  return sql`CASE WHEN ${isPlainlyWhole(column)} THEN FALSE ELSE ${odd} END`;
}
