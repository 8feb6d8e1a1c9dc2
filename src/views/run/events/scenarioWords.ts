import type { Details } from './eventDetails.ts';

/** A scenario event in words (keys inside `details_json`: domain.md 7.2). */
export function scenarioWords(type: string | undefined, d: Details): readonly (string | undefined)[] {
  const pair = `${d.text('from_agent') ?? '?'} → ${d.text('to_agent') ?? '?'}`;
  switch (type ?? '') {
    case 'direct_transfer':
      return ['transfer', pair, d.money('amount')];
    case 'collateral_adjustment':
      return ['collateral', d.text('agent'), d.money('delta')];
    case 'custom_transaction_arrival':
      return ['payment arrives', pair, d.money('amount'), `deadline tick ${d.tick('deadline') ?? '?'}`];
    case 'global_arrival_rate_change':
      return ['arrivals of all banks', `times ${d.count('multiplier') ?? '?'}`];
    case 'agent_arrival_rate_change':
      return ['arrivals', d.text('agent'), `times ${d.count('multiplier') ?? '?'}`];
    case 'counterparty_weight_change':
      return [
        'weight',
        `${d.text('agent') ?? '?'} → ${d.text('counterparty') ?? '?'}`,
        d.count('new_weight'),
      ];
    case 'deadline_window_change':
      return [
        'deadlines',
        `at least times ${d.count('min_ticks_multiplier') ?? '?'}`,
        `at most times ${d.count('max_ticks_multiplier') ?? '?'}`,
      ];
    case 'scheduled_settlement':
      return [
        'scheduled settlement',
        pair,
        d.money('amount'),
        d.truth('settled') ? 'settled' : 'not settled',
      ];
    default:
      return [type];
  }
}
