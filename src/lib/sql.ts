/**
 * SQL text that was built from literals, quoted identifiers and quoted values only.
 * The engine accepts nothing else, so no string from a file, a link or a person reaches it unquoted.
 */
export class Sql {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type SqlValue = string | number | bigint | boolean | null;

/** Template tag: embedded `Sql` is pasted as it is, every other value becomes a quoted literal. */
export function sql(strings: TemplateStringsArray, ...parts: (Sql | SqlValue)[]): Sql {
  return new Sql(
    strings.reduce((text, piece, i) => {
      const part = parts[i - 1];
      return text + (part instanceof Sql ? part.text : literal(part ?? null).text) + piece;
    }),
  );
}

/** An identifier, quoted; quotes inside are doubled. */
export function ident(name: string): Sql {
  return new Sql(`"${name.replaceAll('"', '""')}"`);
}

/** A value as a literal. A number must be finite: SQL has no text for NaN that every type accepts. */
export function literal(value: SqlValue): Sql {
  if (value === null) return new Sql('NULL');
  if (typeof value === 'string') return new Sql(`'${value.replaceAll("'", "''")}'`);
  if (typeof value === 'boolean') return new Sql(value ? 'TRUE' : 'FALSE');
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new RangeError(`not a SQL number: ${value}`);
  return new Sql(value.toString());
}

export function join(parts: readonly Sql[], separator: string): Sql {
  return new Sql(parts.map((part) => part.text).join(separator));
}

/** SQL text known to be ours: DDL from our own models. Never a string from outside. */
export function trusted(text: string): Sql {
  return new Sql(text);
}
