import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it } from 'vitest';
import { cents } from '../lib/units.ts';
import { SamplesStrip } from './SamplesStrip.tsx';

afterEach(cleanup);

const samples = [1992, 1992, -6999].map((delta, index) => ({
  index,
  seed: ['732435933', '5', '201853587'][index] ?? '',
  oldCostCents: cents(16932),
  newCostCents: cents(16932 - delta),
  deltaCents: cents(delta),
}));

it('is a named figure with its count in words, a dot per sample and a table of exact values', async () => {
  const { container } = render(<SamplesStrip name="Savings of BANK_A" samples={samples} />);
  expect(screen.getByRole('figure', { name: 'Savings of BANK_A' })).toBeTruthy();
  expect(screen.getByText('Saving per sample, 2 better, 1 worse, 0 equal')).toBeTruthy();
  expect(container.querySelectorAll('[data-sample="better"]')).toHaveLength(2);
  expect(container.querySelectorAll('[data-sample="worse"]')).toHaveLength(1);
  await userEvent.click(screen.getByRole('button', { name: 'Show as table: Savings of BANK_A' }));
  expect(screen.getByText('201853587')).toBeTruthy();
  expect(screen.getByText('$239.31')).toBeTruthy();
  expect(screen.getByText('−$69.99')).toBeTruthy();
});
