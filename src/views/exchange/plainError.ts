const prefix = 'Failed to parse policy JSON: ';
const place = /^(?<what>.*?): line (?<line>\d+) column (?<column>\d+) \(char (?<at>\d+)\)$/;

/**
 * Messages of Python's JSON reader in plain words; undefined for others, which stand as stored. Its lines are counted
 * within the JSON, after a fence around it was taken off.
 */
export function plainError(message: string): string | undefined {
  const bare = message.startsWith(prefix) ? message.slice(prefix.length) : message;
  const found = place.exec(bare)?.groups;
  if (found === undefined) return undefined;
  const { what = '', line = '', column = '', at = '' } = found;
  const where = `line ${line}, column ${column} of the JSON`;
  if (what === 'Expecting value') {
    return at === '0'
      ? 'The answer does not begin with JSON, so no policy was found in it.'
      : `A value is missing at ${where}.`;
  }
  if (what === 'Extra data') {
    return `The JSON is complete, and then the answer goes on at line ${line}. Text behind the policy is not accepted.`;
  }
  if (what === "Expecting ',' delimiter") return `A comma or a closing bracket is missing at ${where}.`;
  if (what === "Expecting ':' delimiter") return `A colon is missing at ${where}.`;
  if (what.startsWith('Expecting property name')) return `A name in double quotes is missing at ${where}.`;
  if (what === 'Unterminated string starting at') {
    return `The text that begins at ${where} is never closed: the answer may have been cut off.`;
  }
  if (what.startsWith('Invalid')) return `${what} at ${where}.`;
  return undefined;
}
