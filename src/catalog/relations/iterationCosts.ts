import { sql, type Sql } from '../../lib/sql.ts';
import type { AttachedFile } from '../tables.ts';
import { integerOfText } from './integerText.ts';
import { selectRelation } from './selectRelation.ts';
import { experimentKey, readTable } from './tableReader.ts';

const string = String.raw`"(?:[^"\\]|\\.)*"`;
/** A key and its value. A value that is an object or a list is taken whole, so that nothing inside it is a key. */
const pair = String.raw`"((?:[^"\\]|\\.)*)"\s*:\s*(${string}|\{(?:[^{}"]|${string})*\}|\[(?:[^\[\]"]|${string})*\]|[^\s,{}\[\]"]+)`;

/**
 * `costs_per_agent` (`{"BANK_A": 5000}`) taken apart by core functions: this engine has no JSON ones, and
 * they would round integers beyond 2^53.
 */
export function iterationCosts(file: AttachedFile): Sql | undefined {
  const table = readTable(file, 'experiment_iterations', [experimentKey, ['iteration'], ['costs_per_agent']]);
  if (table === undefined) return undefined;
  const costs = table.text('costs_per_agent');
  return selectRelation(
    'iteration_costs',
    file.fileId,
    {
      experiment_id: sql`experiment_id`,
      iteration: sql`iteration`,
      agent_key: sql`agent_key`,
      cost_cents: integerOfText(sql`value_text`),
      value_text: sql`value_text`,
    },
    sql`(SELECT ${table.text(...experimentKey)} AS experiment_id, ${table.integer('iteration')} AS iteration,
      unnest(regexp_extract_all(${costs}, ${pair}, 1)) AS agent_key,
      unnest(regexp_extract_all(${costs}, ${pair}, 2)) AS value_text
      FROM ${table.from})`,
  );
}
