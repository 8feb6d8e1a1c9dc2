import { hasColumns, type Tables } from './tables.ts';

/** Layouts of the same family that are recognised and not read (domain.md 3.8). */
export type Neighbour = 'V0' | 'V1' | 'web-game' | 'game';

interface Portrait {
  readonly neighbour: Neighbour;
  /** Who it is, ending a sentence that begins "This is". */
  readonly who: string;
  readonly why: string;
  isIn(tables: Tables): boolean;
}

/** In the order of domain.md 11.6. */
const portraits: readonly Portrait[] = [
  {
    neighbour: 'V0',
    who: 'a V0 castro file of early December 2025 (table experiment_config)',
    why: 'Its tables simulation_runs and policy_iterations share their names with later layouts, but count iterations from 1 and mean other things.',
    isIn: (tables) => hasColumns(tables, 'experiment_config', 'experiment_id'),
  },
  {
    neighbour: 'V1',
    who: 'a V1 castro events file of December 2025 (table experiment_runs)',
    why: 'It keeps a log of events without the policies and costs of each iteration.',
    isIn: (tables) => hasColumns(tables, 'experiment_runs', 'run_id'),
  },
  {
    neighbour: 'web-game',
    who: 'a web game file (tables days and optimization_prompts)',
    why: 'It holds the days of one game, not the iterations of an experiment.',
    isIn: (tables) => hasColumns(tables, 'days', 'day') && tables.has('optimization_prompts'),
  },
  {
    neighbour: 'game',
    who: 'a game file (table game_sessions)',
    why: 'It holds sessions of the game, whose costs are not integer cents.',
    isIn: (tables) => hasColumns(tables, 'game_sessions', 'game_id'),
  },
];

export function findNeighbours(tables: Tables): readonly Portrait[] {
  return portraits.filter((portrait) => portrait.isIn(tables));
}
