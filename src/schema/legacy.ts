/**
 * Tables of other layouts that may stand beside ours. Legacy ones are recognised and left alone; dead ones
 * were given up by the reference (domain.md 2.18). None of them is ever created.
 */
export const legacyTables = ['game_sessions', 'policy_iterations'] as const;
export const deadTables = ['llm_interaction_log', 'policy_diffs', 'iteration_context'] as const;

export type TableOrigin = 'legacy' | 'dead' | 'unknown';

/** What a table that is not ours is. */
export function tableOrigin(name: string): TableOrigin {
  if (legacyTables.some((known) => known === name)) return 'legacy';
  return deadTables.some((known) => known === name) ? 'dead' : 'unknown';
}
