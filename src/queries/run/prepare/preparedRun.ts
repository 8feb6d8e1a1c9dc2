import type { MadeTables, QueryEngine } from '../../query.ts';
import type { RunScope } from '../../scope.ts';
import { prepareRun, type PreparedRun } from './prepareRun.ts';
import { dropTables } from './tables.ts';

/** Two runs are compared with each other. A million events take about 150 MB. */
const preparedRuns: MadeTables<RunScope, PreparedRun | undefined> = {
  name: 'preparedRuns',
  most: 4,
  make: prepareRun,
  drop: dropTables,
};

/** The tables of a run, filled when it is first asked for. Undefined when the file knows no such run. */
export function preparedRun(
  engine: QueryEngine,
  { fileId, simulationId }: RunScope,
): Promise<PreparedRun | undefined> {
  return engine.made(preparedRuns, { fileId, simulationId });
}
