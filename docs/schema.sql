-- The unified schema, version 6. Generated from src/schema/models/ by npm run docs:schema; do not edit.
-- Write it with storage version v1.0.0, which every DuckDB from 1.0 on and every browser build reads.

CREATE SEQUENCE "experiment_events_id_seq" START 1;

CREATE SEQUENCE "collateral_events_id_seq" START 1;

CREATE SEQUENCE "lsm_cycles_id_seq" START 1;

CREATE SEQUENCE "policy_decisions_id_seq" START 1;

CREATE TABLE "experiments" (
  "experiment_id" VARCHAR NOT NULL,
  "experiment_name" VARCHAR NOT NULL,
  "experiment_type" VARCHAR NOT NULL,
  "config" VARCHAR NOT NULL,
  "scenario_path" VARCHAR,
  "master_seed" BIGINT NOT NULL,
  "created_at" TIMESTAMP NOT NULL,
  "completed_at" TIMESTAMP,
  "num_iterations" BIGINT NOT NULL DEFAULT 0,
  "converged" BOOLEAN NOT NULL DEFAULT false,
  "convergence_reason" VARCHAR,
  "final_cost" BIGINT,
  "best_cost" BIGINT,
  PRIMARY KEY ("experiment_id")
);

CREATE INDEX "idx_exp_created" ON "experiments" ("created_at");

CREATE TABLE "simulation_runs" (
  "simulation_id" VARCHAR NOT NULL,
  "config_name" VARCHAR NOT NULL,
  "config_hash" VARCHAR NOT NULL,
  "description" VARCHAR,
  "start_time" TIMESTAMP NOT NULL,
  "end_time" TIMESTAMP,
  "ticks_per_day" BIGINT NOT NULL,
  "num_days" BIGINT NOT NULL,
  "rng_seed" BIGINT NOT NULL,
  "status" VARCHAR NOT NULL,
  "total_transactions" BIGINT NOT NULL,
  "total_settlements" BIGINT,
  "total_cost" BIGINT,
  "duration_seconds" DOUBLE,
  "experiment_id" VARCHAR,
  "iteration" BIGINT,
  "sample_index" BIGINT,
  "run_purpose" VARCHAR,
  PRIMARY KEY ("simulation_id"),
  FOREIGN KEY ("experiment_id") REFERENCES "experiments" ("experiment_id")
);

CREATE INDEX "idx_sim_started" ON "simulation_runs" ("start_time");

CREATE TABLE "simulations" (
  "simulation_id" VARCHAR NOT NULL,
  "config_file" VARCHAR NOT NULL,
  "config_hash" VARCHAR NOT NULL,
  "rng_seed" BIGINT NOT NULL,
  "ticks_per_day" BIGINT NOT NULL,
  "num_days" BIGINT NOT NULL,
  "num_agents" BIGINT NOT NULL,
  "config_json" VARCHAR,
  "status" VARCHAR NOT NULL,
  "started_at" TIMESTAMP,
  "completed_at" TIMESTAMP,
  "total_arrivals" BIGINT,
  "total_settlements" BIGINT,
  "total_cost_cents" BIGINT,
  "duration_seconds" DOUBLE,
  "ticks_per_second" DOUBLE,
  PRIMARY KEY ("simulation_id"),
  FOREIGN KEY ("simulation_id") REFERENCES "simulation_runs" ("simulation_id")
);

CREATE INDEX "idx_sim_started_at" ON "simulations" ("started_at");

CREATE TABLE "experiment_iterations" (
  "experiment_id" VARCHAR NOT NULL,
  "iteration" BIGINT NOT NULL,
  "costs_per_agent" VARCHAR NOT NULL,
  "accepted_changes" VARCHAR NOT NULL,
  "policies" VARCHAR NOT NULL,
  "timestamp" VARCHAR NOT NULL,
  "evaluation_simulation_id" VARCHAR,
  PRIMARY KEY ("experiment_id", "iteration"),
  FOREIGN KEY ("experiment_id") REFERENCES "experiments" ("experiment_id"),
  FOREIGN KEY ("evaluation_simulation_id") REFERENCES "simulation_runs" ("simulation_id")
);

CREATE TABLE "experiment_events" (
  "id" INTEGER NOT NULL DEFAULT nextval('experiment_events_id_seq'),
  "experiment_id" VARCHAR NOT NULL,
  "iteration" BIGINT NOT NULL,
  "event_type" VARCHAR NOT NULL,
  "event_data" VARCHAR NOT NULL,
  "timestamp" VARCHAR NOT NULL,
  PRIMARY KEY ("id"),
  FOREIGN KEY ("experiment_id") REFERENCES "experiments" ("experiment_id")
);

CREATE TABLE "policy_evaluations" (
  "experiment_id" VARCHAR NOT NULL,
  "iteration" BIGINT NOT NULL,
  "agent_id" VARCHAR NOT NULL,
  "evaluation_mode" VARCHAR NOT NULL,
  "proposed_policy" VARCHAR NOT NULL,
  "old_cost" BIGINT NOT NULL,
  "new_cost" BIGINT NOT NULL,
  "context_simulation_cost" BIGINT NOT NULL,
  "accepted" BOOLEAN NOT NULL,
  "acceptance_reason" VARCHAR NOT NULL,
  "delta_sum" BIGINT NOT NULL,
  "num_samples" BIGINT NOT NULL,
  "sample_details" VARCHAR,
  "scenario_seed" BIGINT,
  "timestamp" VARCHAR NOT NULL,
  "settlement_rate" DOUBLE,
  "avg_delay" DOUBLE,
  "cost_breakdown" VARCHAR,
  "cost_std_dev" BIGINT,
  "confidence_interval_95" VARCHAR,
  "agent_stats" VARCHAR,
  PRIMARY KEY ("experiment_id", "iteration", "agent_id"),
  FOREIGN KEY ("experiment_id", "iteration") REFERENCES "experiment_iterations" ("experiment_id", "iteration")
);

CREATE TABLE "transactions" (
  "simulation_id" VARCHAR NOT NULL,
  "tx_id" VARCHAR NOT NULL,
  "sender_id" VARCHAR NOT NULL,
  "receiver_id" VARCHAR NOT NULL,
  "amount" BIGINT NOT NULL,
  "priority" BIGINT NOT NULL,
  "is_divisible" BOOLEAN NOT NULL,
  "arrival_tick" BIGINT NOT NULL,
  "arrival_day" BIGINT NOT NULL,
  "deadline_tick" BIGINT NOT NULL,
  "settlement_tick" BIGINT,
  "settlement_day" BIGINT,
  "status" VARCHAR NOT NULL,
  "overdue_since_tick" BIGINT,
  "drop_reason" VARCHAR,
  "amount_settled" BIGINT NOT NULL,
  "queue1_ticks" BIGINT NOT NULL DEFAULT 0,
  "queue2_ticks" BIGINT NOT NULL DEFAULT 0,
  "total_delay_ticks" BIGINT NOT NULL DEFAULT 0,
  "delay_cost" BIGINT NOT NULL DEFAULT 0,
  "parent_tx_id" VARCHAR,
  "split_index" BIGINT,
  "rtgs_priority" VARCHAR,
  "rtgs_submission_tick" BIGINT,
  "declared_rtgs_priority" VARCHAR,
  PRIMARY KEY ("simulation_id", "tx_id"),
  FOREIGN KEY ("simulation_id") REFERENCES "simulation_runs" ("simulation_id")
);

CREATE TABLE "daily_agent_metrics" (
  "simulation_id" VARCHAR NOT NULL,
  "agent_id" VARCHAR NOT NULL,
  "day" BIGINT NOT NULL,
  "opening_balance" BIGINT NOT NULL,
  "closing_balance" BIGINT NOT NULL,
  "min_balance" BIGINT NOT NULL,
  "max_balance" BIGINT NOT NULL,
  "unsecured_cap" BIGINT NOT NULL,
  "peak_overdraft" BIGINT NOT NULL,
  "opening_posted_collateral" BIGINT NOT NULL,
  "closing_posted_collateral" BIGINT NOT NULL,
  "peak_posted_collateral" BIGINT NOT NULL,
  "collateral_capacity" BIGINT NOT NULL,
  "num_collateral_posts" BIGINT NOT NULL,
  "num_collateral_withdrawals" BIGINT NOT NULL,
  "num_arrivals" BIGINT NOT NULL,
  "num_sent" BIGINT NOT NULL,
  "num_received" BIGINT NOT NULL,
  "num_settled" BIGINT NOT NULL,
  "num_dropped" BIGINT NOT NULL,
  "queue1_peak_size" BIGINT NOT NULL,
  "queue1_eod_size" BIGINT NOT NULL,
  "liquidity_cost" BIGINT NOT NULL,
  "delay_cost" BIGINT NOT NULL,
  "collateral_cost" BIGINT NOT NULL,
  "split_friction_cost" BIGINT NOT NULL,
  "deadline_penalty_cost" BIGINT NOT NULL,
  "total_cost" BIGINT NOT NULL,
  PRIMARY KEY ("simulation_id", "agent_id", "day"),
  FOREIGN KEY ("simulation_id") REFERENCES "simulation_runs" ("simulation_id")
);

CREATE TABLE "collateral_events" (
  "id" INTEGER NOT NULL DEFAULT nextval('collateral_events_id_seq'),
  "simulation_id" VARCHAR NOT NULL,
  "agent_id" VARCHAR NOT NULL,
  "tick" BIGINT NOT NULL,
  "day" BIGINT NOT NULL,
  "action" VARCHAR NOT NULL,
  "amount" BIGINT NOT NULL,
  "reason" VARCHAR NOT NULL,
  "layer" VARCHAR NOT NULL,
  "balance_before" BIGINT NOT NULL,
  "posted_collateral_before" BIGINT NOT NULL,
  "posted_collateral_after" BIGINT NOT NULL,
  "available_capacity_after" BIGINT NOT NULL,
  PRIMARY KEY ("id"),
  FOREIGN KEY ("simulation_id") REFERENCES "simulation_runs" ("simulation_id")
);

CREATE TABLE "agent_queue_snapshots" (
  "simulation_id" VARCHAR NOT NULL,
  "agent_id" VARCHAR NOT NULL,
  "day" BIGINT NOT NULL,
  "queue_type" VARCHAR NOT NULL,
  "position" BIGINT NOT NULL,
  "transaction_id" VARCHAR NOT NULL,
  PRIMARY KEY ("simulation_id", "agent_id", "day", "queue_type", "position"),
  FOREIGN KEY ("simulation_id") REFERENCES "simulation_runs" ("simulation_id")
);

CREATE TABLE "agent_state_registers" (
  "simulation_id" VARCHAR NOT NULL,
  "tick" BIGINT NOT NULL,
  "agent_id" VARCHAR NOT NULL,
  "register_key" VARCHAR NOT NULL,
  "register_value" DOUBLE NOT NULL,
  PRIMARY KEY ("simulation_id", "tick", "agent_id", "register_key"),
  FOREIGN KEY ("simulation_id") REFERENCES "simulation_runs" ("simulation_id")
);

CREATE TABLE "policy_snapshots" (
  "simulation_id" VARCHAR NOT NULL,
  "agent_id" VARCHAR NOT NULL,
  "snapshot_day" BIGINT NOT NULL,
  "snapshot_tick" BIGINT NOT NULL,
  "policy_hash" VARCHAR NOT NULL,
  "policy_json" VARCHAR NOT NULL,
  "created_by" VARCHAR NOT NULL,
  PRIMARY KEY ("simulation_id", "agent_id", "snapshot_day", "snapshot_tick"),
  FOREIGN KEY ("simulation_id") REFERENCES "simulation_runs" ("simulation_id")
);

CREATE INDEX "idx_policy_hash" ON "policy_snapshots" ("policy_hash");

CREATE TABLE "simulation_checkpoints" (
  "checkpoint_id" VARCHAR NOT NULL,
  "simulation_id" VARCHAR NOT NULL,
  "checkpoint_tick" BIGINT NOT NULL,
  "checkpoint_day" BIGINT NOT NULL,
  "checkpoint_timestamp" TIMESTAMP NOT NULL,
  "state_json" VARCHAR NOT NULL,
  "state_hash" VARCHAR NOT NULL,
  "config_json" VARCHAR NOT NULL,
  "config_hash" VARCHAR NOT NULL,
  "checkpoint_type" VARCHAR NOT NULL,
  "description" VARCHAR,
  "created_by" VARCHAR NOT NULL,
  "num_agents" BIGINT NOT NULL,
  "num_transactions" BIGINT NOT NULL,
  "total_size_bytes" BIGINT NOT NULL,
  PRIMARY KEY ("checkpoint_id"),
  FOREIGN KEY ("simulation_id") REFERENCES "simulation_runs" ("simulation_id")
);

CREATE INDEX "idx_cp_timestamp" ON "simulation_checkpoints" ("checkpoint_timestamp");

CREATE TABLE "simulation_events" (
  "event_id" VARCHAR NOT NULL,
  "simulation_id" VARCHAR NOT NULL,
  "tick" BIGINT NOT NULL,
  "day" BIGINT NOT NULL,
  "event_timestamp" TIMESTAMP NOT NULL,
  "event_type" VARCHAR NOT NULL,
  "details" VARCHAR NOT NULL,
  "agent_id" VARCHAR,
  "tx_id" VARCHAR,
  "created_at" TIMESTAMP NOT NULL,
  PRIMARY KEY ("event_id"),
  FOREIGN KEY ("simulation_id") REFERENCES "simulation_runs" ("simulation_id")
);

CREATE TABLE "lsm_cycles" (
  "id" INTEGER NOT NULL DEFAULT nextval('lsm_cycles_id_seq'),
  "simulation_id" VARCHAR NOT NULL,
  "tick" BIGINT NOT NULL,
  "day" BIGINT NOT NULL,
  "cycle_type" VARCHAR NOT NULL,
  "cycle_length" BIGINT NOT NULL,
  "agents" VARCHAR NOT NULL,
  "transactions" VARCHAR NOT NULL,
  "settled_value" BIGINT NOT NULL,
  "total_value" BIGINT NOT NULL,
  "tx_amounts" VARCHAR,
  "net_positions" VARCHAR,
  "max_net_outflow" BIGINT,
  "max_net_outflow_agent" VARCHAR,
  PRIMARY KEY ("id"),
  FOREIGN KEY ("simulation_id") REFERENCES "simulation_runs" ("simulation_id")
);

CREATE TABLE "policy_decisions" (
  "id" INTEGER NOT NULL DEFAULT nextval('policy_decisions_id_seq'),
  "simulation_id" VARCHAR NOT NULL,
  "agent_id" VARCHAR NOT NULL,
  "tick" BIGINT NOT NULL,
  "day" BIGINT NOT NULL,
  "decision_type" VARCHAR NOT NULL,
  "tx_id" VARCHAR NOT NULL,
  "reason" VARCHAR,
  "num_splits" BIGINT,
  "child_tx_ids" VARCHAR,
  PRIMARY KEY ("id"),
  FOREIGN KEY ("simulation_id") REFERENCES "simulation_runs" ("simulation_id")
);

CREATE TABLE "tick_agent_states" (
  "simulation_id" VARCHAR NOT NULL,
  "agent_id" VARCHAR NOT NULL,
  "tick" BIGINT NOT NULL,
  "day" BIGINT NOT NULL,
  "balance" BIGINT NOT NULL,
  "balance_change" BIGINT NOT NULL,
  "unsecured_cap" BIGINT NOT NULL,
  "posted_collateral" BIGINT NOT NULL,
  "liquidity_cost" BIGINT NOT NULL,
  "delay_cost" BIGINT NOT NULL,
  "collateral_cost" BIGINT NOT NULL,
  "penalty_cost" BIGINT NOT NULL,
  "split_friction_cost" BIGINT NOT NULL,
  "liquidity_cost_delta" BIGINT NOT NULL,
  "delay_cost_delta" BIGINT NOT NULL,
  "collateral_cost_delta" BIGINT NOT NULL,
  "penalty_cost_delta" BIGINT NOT NULL,
  "split_friction_cost_delta" BIGINT NOT NULL,
  PRIMARY KEY ("simulation_id", "agent_id", "tick"),
  FOREIGN KEY ("simulation_id") REFERENCES "simulation_runs" ("simulation_id")
);

CREATE TABLE "tick_queue_snapshots" (
  "simulation_id" VARCHAR NOT NULL,
  "agent_id" VARCHAR NOT NULL,
  "tick" BIGINT NOT NULL,
  "queue_type" VARCHAR NOT NULL,
  "position" BIGINT NOT NULL,
  "tx_id" VARCHAR NOT NULL,
  PRIMARY KEY ("simulation_id", "agent_id", "tick", "queue_type", "position"),
  FOREIGN KEY ("simulation_id") REFERENCES "simulation_runs" ("simulation_id")
);

CREATE TABLE "schema_migrations" (
  "version" INTEGER NOT NULL,
  "applied_at" TIMESTAMP NOT NULL,
  "description" VARCHAR NOT NULL,
  PRIMARY KEY ("version")
);

INSERT INTO "schema_migrations" VALUES (6, CAST(current_timestamp AS TIMESTAMP), 'created');
