/** Questions of this field that are ready to be run, each with what it answers. */
export interface ReadyQuestion {
  readonly title: string;
  readonly explains: string;
  readonly text: string;
}

export const readyQuestions: readonly ReadyQuestion[] = [
  {
    title: 'What became of the proposals',
    explains: 'How many proposals of each experiment were accepted, rejected and why.',
    text: `SELECT file_id, experiment_id, experiment_name, verdict, kind, count(*) AS proposals
FROM proposals
GROUP BY ALL
ORDER BY file_id, experiment_id, proposals DESC, kind`,
  },
  {
    title: 'Share of accepted proposals by agent',
    explains: 'Of the proposals with a verdict, how many of each agent were accepted.',
    text: `SELECT file_id, experiment_id, experiment_name, agent_id,
  count(*) FILTER (verdict = 'accepted') AS accepted,
  count(*) FILTER (verdict IN ('accepted', 'rejected')) AS judged,
  round(accepted / nullif(judged, 0), 3) AS share
FROM proposals
GROUP BY ALL
ORDER BY file_id, experiment_id, agent_id`,
  },
  {
    title: 'The nearest misses',
    explains:
      'Rejected proposals that failed by the least, each in the unit of the rule that turned it down.',
    text: `SELECT file_id, experiment_id, experiment_name, iteration, agent_id, kind, miss, miss_unit, miss_cents, reason
FROM proposals
WHERE verdict = 'rejected' AND miss IS NOT NULL
ORDER BY miss
LIMIT 20`,
  },
  {
    title: 'Cheaper, yet rejected',
    explains: 'Proposals whose new cost is below the old one and which were turned down all the same.',
    text: `SELECT file_id, experiment_id, experiment_name, iteration, agent_id, saving_cents, sample_count, reason
FROM proposals
WHERE verdict = 'rejected' AND saving_cents > 0
ORDER BY saving_cents DESC`,
  },
  {
    title: 'Cost by iteration',
    explains: 'What all agents paid together in each iteration; a line as a chart.',
    text: `SELECT file_id, experiment_id, iteration, any_value(total_cents) AS total_cents
FROM costs
GROUP BY ALL
ORDER BY file_id, experiment_id, iteration`,
  },
  {
    title: 'First, best and last cost',
    explains:
      'Where each experiment began, where it was cheapest, and where it ended; NULL where that total is not known.',
    text: `SELECT file_id, experiment_id, experiment_name,
  arg_min_null(total_cents, iteration) AS first_cents,
  min(total_cents) AS best_cents,
  arg_min(iteration, total_cents) AS best_iteration,
  arg_max_null(total_cents, iteration) AS last_cents
FROM costs
GROUP BY ALL
ORDER BY file_id, experiment_id`,
  },
  {
    title: 'Parameters and what they cost',
    explains: 'Each value of a parameter in force beside the cost of its agent in that iteration.',
    text: `SELECT file_id, experiment_id, agent_id, parameter, value, count(*) AS iterations,
  min(cost_cents) AS lowest_cents, round(avg(cost_cents)) AS mean_cents
FROM iteration_parameters
GROUP BY ALL
ORDER BY file_id, experiment_id, agent_id, parameter, value`,
  },
  {
    title: 'Proposed again and again',
    explains: 'Policies that an agent had proposed before in the same experiment.',
    text: `SELECT file_id, experiment_id, experiment_name, agent_id, iteration, repeats, verdict, reason
FROM proposals
WHERE repeats > 0
ORDER BY repeats DESC, file_id, experiment_id, iteration, agent_id`,
  },
  {
    title: 'How samples decide',
    explains: 'Of each proposal that was judged on samples: on how many it was cheaper, mean and spread.',
    text: `SELECT file_id, experiment_id, iteration, agent_id,
  count(*) AS samples, count(*) FILTER (saving_cents > 0) AS cheaper,
  avg(saving_cents) AS mean_saving_cents, stddev_samp(saving_cents) AS deviation_cents
FROM samples
GROUP BY ALL
ORDER BY file_id, experiment_id, iteration, agent_id`,
  },
  {
    title: 'Runs and the iterations they belong to',
    explains: 'Every run of an experiment, and how it is known which iteration it played.',
    text: `SELECT file_id, experiment_id, iteration, purpose, sample, simulation_id, linked_by, seed, total_cost_cents
FROM run_links
ORDER BY file_id, experiment_id, iteration, simulation_id`,
  },
  {
    title: 'How low balances fell',
    explains:
      'The lowest balance at the end of a tick of each agent, and the cost of the run, of stored runs.',
    text: `SELECT file_id, simulation_id, agent_id,
  min(balance_cents) AS lowest_cents, arg_min(tick, balance_cents) AS at_tick,
  sum(total_cost_cents)::BIGINT AS cost_cents
FROM agent_ticks
GROUP BY ALL
ORDER BY file_id, simulation_id, agent_id`,
  },
  {
    title: 'Delay of payments by sender',
    explains:
      'How long payments of each agent waited for settlement, in ticks; parts of split payments are left out.',
    text: `SELECT file_id, simulation_id, sender_id, count(*) AS payments,
  count(settlement_tick) AS settled, avg(delay_ticks) AS mean_delay_ticks, max(delay_ticks) AS longest_ticks,
  sum(amount_cents)::BIGINT AS amount_cents
FROM payments
WHERE parent_tx_id IS NULL
GROUP BY ALL
ORDER BY file_id, simulation_id, sender_id`,
  },
  {
    title: 'Events of each run by type',
    explains: 'What happened in the stored runs, counted.',
    text: `SELECT file_id, simulation_id, event_type, count(*) AS events, min(tick) AS first_tick, max(tick) AS last_tick
FROM simulation_events
GROUP BY ALL
ORDER BY file_id, simulation_id, events DESC, event_type`,
  },
  {
    title: 'What cannot be read',
    explains: 'Stored values that are not what their column promises, by table and column.',
    text: `SELECT file_id, relation, column_name, count(*) AS cells, any_value(stored_text) AS for_example
FROM unreadable_cells
GROUP BY ALL
ORDER BY cells DESC`,
  },
];
