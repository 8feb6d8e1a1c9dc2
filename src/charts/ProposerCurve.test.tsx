import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';

import { agentId } from '../lib/ids.ts';
import type { Proposal } from '../domain/experiment/normalised.ts';
import { cents } from '../lib/units.ts';
import { ProposerCurve } from './ProposerCurve.tsx';

afterEach(cleanup);

function proposal(iteration: number, more: Partial<Proposal>): Proposal {
  return {
    iteration,
    agentId: agentId('A'),
    verdict: 'rejected',
    verdictSource: 'evaluation row',
    rejectionKind: undefined,
    reason: undefined,
    parameters: new Map(),
    oldCostCents: undefined,
    newCostCents: undefined,
    deltaSumCents: undefined,
    sampleCount: undefined,
    settlementRate: undefined,
    newCostStdDevCents: undefined,
    newCostIntervalCents: undefined,
    ...more,
  };
}

test('shares with their numbers in words, and a table of exact values', async () => {
  const costs = { oldCostCents: cents(5000), newCostCents: cents(4000) };
  const proposals = [
    proposal(0, { verdict: 'accepted', ...costs }),
    proposal(1, { rejectionKind: 'below_floor', ...costs }),
    proposal(2, { rejectionKind: 'worse', oldCostCents: cents(4000), newCostCents: cents(9000) }),
    proposal(3, { verdict: 'invalid' }),
  ];
  render(<ProposerCurve name="Proposals of A by outcome" proposals={proposals} />);
  const figure = screen.getByRole('figure', { name: 'Proposals of A by outcome' });
  expect(figure.textContent).toContain(
    '1 of 4 proposals were accepted. Savings of accepted proposals: $10.00. 1 rejected proposal was cheaper, by $10.00 in sum.',
  );
  const legend = within(figure).getAllByRole('listitem');
  expect(legend.map((entry) => entry.textContent)).toEqual([
    'accepted 1 (25 %)',
    'not cheaper 1 (25 %)',
    'below the settlement floor 1 (25 %)',
    'invalid 1 (25 %)',
  ]);
  expect(figure.querySelectorAll('.recharts-bar-rectangle path').length).toBe(4);
  const chart = screen.getByRole('application', { name: 'Proposals of A by outcome' });
  const said = () => within(chart).getByRole('status').textContent;
  chart.focus();
  await userEvent.keyboard('{ArrowRight}');
  expect(said()).toBe(
    'Iteration 0, 1 proposal: accepted 1 (100 %), not cheaper 0 (0 %), below the settlement floor 0 (0 %), invalid 0 (0 %), Savings won $10.00.',
  );
  await userEvent.keyboard('{ArrowRight}');
  expect(said()).toContain('Iteration 1, 1 proposal: accepted 0 (0 %)');
  expect(said()).toContain('Savings lost $10.00.');
  await userEvent.keyboard('{End}{Escape}');
  expect(said()).toBe('');
  const bars = chart.querySelector('[data-bars]');
  if (bars === null) throw new Error('no bars');
  fireEvent.pointerMove(bars, { clientX: 700, clientY: 50 });
  expect(chart.querySelector('[data-readout]')?.textContent).toMatch(/^Iteration 31 proposalBy outcome/);
  await userEvent.click(screen.getByRole('button', { name: /Show as table/ }));
  const table = screen.getByRole('grid', { name: 'Proposals of A by outcome' });
  expect(table.getAttribute('aria-rowcount')).toBe('5');
  expect(within(table).getAllByText('$10.00')).toHaveLength(2);
});

test('nothing to count is said', () => {
  render(<ProposerCurve name="Proposals" proposals={[]} />);
  expect(screen.getByText('There are no proposals to count.').tagName).toBe('SPAN');
});
