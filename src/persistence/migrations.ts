import { sql, type Sql } from '../lib/sql.ts';

/** A numbered step from one schema version to the next. Once released, its statements never change. */
export interface Migration {
  readonly version: number;
  readonly description: string;
  readonly statements: readonly Sql[];
}

/**
 * Steps 1 to 4 are the reference's own numbers (domain.md 2.1), so ours begin at 5. Each step can be repeated:
 * files of the reference record no version. Foreign keys cannot be added to a table that exists.
 */
export const migrations: readonly Migration[] = [
  {
    version: 5,
    description: 'experiments, and the columns that link simulation runs to them',
    statements: [
      sql`CREATE SEQUENCE IF NOT EXISTS experiment_events_id_seq START 1`,
      sql`CREATE TABLE IF NOT EXISTS experiments (
        experiment_id VARCHAR NOT NULL, experiment_name VARCHAR NOT NULL, experiment_type VARCHAR NOT NULL,
        config VARCHAR NOT NULL, scenario_path VARCHAR, master_seed BIGINT NOT NULL,
        created_at TIMESTAMP NOT NULL, completed_at TIMESTAMP, num_iterations BIGINT NOT NULL DEFAULT 0,
        converged BOOLEAN NOT NULL DEFAULT false, convergence_reason VARCHAR, final_cost BIGINT, best_cost BIGINT,
        PRIMARY KEY (experiment_id))`,
      sql`CREATE INDEX IF NOT EXISTS idx_exp_created ON experiments (created_at)`,
      sql`ALTER TABLE simulation_runs ADD COLUMN IF NOT EXISTS total_settlements BIGINT`,
      sql`ALTER TABLE simulation_runs ADD COLUMN IF NOT EXISTS total_cost BIGINT`,
      sql`ALTER TABLE simulation_runs ADD COLUMN IF NOT EXISTS duration_seconds DOUBLE`,
      sql`ALTER TABLE simulation_runs ADD COLUMN IF NOT EXISTS experiment_id VARCHAR`,
      sql`ALTER TABLE simulation_runs ADD COLUMN IF NOT EXISTS iteration BIGINT`,
      sql`ALTER TABLE simulation_runs ADD COLUMN IF NOT EXISTS sample_index BIGINT`,
      sql`ALTER TABLE simulation_runs ADD COLUMN IF NOT EXISTS run_purpose VARCHAR`,
      sql`CREATE TABLE IF NOT EXISTS experiment_iterations (
        experiment_id VARCHAR NOT NULL, iteration BIGINT NOT NULL, costs_per_agent VARCHAR NOT NULL,
        accepted_changes VARCHAR NOT NULL, policies VARCHAR NOT NULL, "timestamp" VARCHAR NOT NULL,
        evaluation_simulation_id VARCHAR, PRIMARY KEY (experiment_id, iteration),
        FOREIGN KEY (experiment_id) REFERENCES experiments (experiment_id),
        FOREIGN KEY (evaluation_simulation_id) REFERENCES simulation_runs (simulation_id))`,
      sql`CREATE TABLE IF NOT EXISTS experiment_events (
        id INTEGER NOT NULL DEFAULT nextval('experiment_events_id_seq'), experiment_id VARCHAR NOT NULL,
        iteration BIGINT NOT NULL, event_type VARCHAR NOT NULL, event_data VARCHAR NOT NULL,
        "timestamp" VARCHAR NOT NULL, PRIMARY KEY (id),
        FOREIGN KEY (experiment_id) REFERENCES experiments (experiment_id))`,
    ],
  },
  {
    version: 6,
    description: 'policy_evaluations: a home for every proposal, accepted or rejected',
    statements: [
      sql`CREATE TABLE IF NOT EXISTS policy_evaluations (
        experiment_id VARCHAR NOT NULL, iteration BIGINT NOT NULL, agent_id VARCHAR NOT NULL,
        evaluation_mode VARCHAR NOT NULL, proposed_policy VARCHAR NOT NULL, old_cost BIGINT NOT NULL,
        new_cost BIGINT NOT NULL, context_simulation_cost BIGINT NOT NULL, accepted BOOLEAN NOT NULL,
        acceptance_reason VARCHAR NOT NULL, delta_sum BIGINT NOT NULL, num_samples BIGINT NOT NULL,
        sample_details VARCHAR, scenario_seed BIGINT, "timestamp" VARCHAR NOT NULL, settlement_rate DOUBLE,
        avg_delay DOUBLE, cost_breakdown VARCHAR, cost_std_dev BIGINT, confidence_interval_95 VARCHAR,
        agent_stats VARCHAR, PRIMARY KEY (experiment_id, iteration, agent_id),
        FOREIGN KEY (experiment_id, iteration) REFERENCES experiment_iterations (experiment_id, iteration))`,
    ],
  },
];
