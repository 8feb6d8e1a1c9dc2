import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';

import { policyStructure } from '../../../domain/policy/history/repeats.ts';
import { agentId } from '../../../lib/ids.ts';
import type { HistoryEntry } from '../../../domain/answers/desk.ts';
import { policyWithFraction } from '../../../testing/fixtures/defaults.ts';
import type { Json } from '../../../lib/json.ts';
import { LineageFigure } from './LineageFigure.tsx';

afterEach(cleanup);

const policy = (fraction: number) => policyWithFraction(fraction) as Json;
const entry = (iteration: number, verdict: HistoryEntry['verdict'], fraction: number): HistoryEntry => ({
  iteration,
  agentId: agentId('B'),
  verdict,
  rejectionKind: undefined,
  reason: undefined,
  policy: policy(fraction),
  structure: policyStructure(policy(fraction)),
});

test('every proposal is a link; many are cut around the marked one, the table has all', async () => {
  const rejected = Array.from({ length: 30 }, (_, i) => entry(i + 1, 'rejected', 0.1 + i / 100));
  render(
    <LineageFigure
      agentId={agentId('B')}
      inForce={[
        { iteration: 0, policy: policy(0.5) },
        { iteration: 1, policy: policy(0.2) },
      ]}
      entries={[entry(0, 'accepted', 0.2), ...rejected]}
      iteration={20}
      hrefOf={(iteration, agent) => `#/${iteration}/${agent}`}
    />,
  );
  const figure = screen.getByRole('figure', { name: 'Lineage of B' });
  const links = within(figure).getAllByRole<HTMLAnchorElement>('link');
  expect(links.map((link) => link.hash)).toEqual([
    '#/0/B',
    ...[18, 19, 20, 21, 22, 23, 24, 25].map((k) => `#/${k}/B`),
  ]);
  expect(links.find((link) => link.getAttribute('aria-current') === 'true')?.hash).toBe('#/20/B');
  expect(links[3]?.getAttribute('aria-label')).toBe(
    'Iteration 20: initial_liquidity_fraction 29 %, rejected',
  );
  expect(figure.textContent).toContain('17 before');
  expect(figure.textContent).toContain('5 more');
  await userEvent.click(screen.getByRole('button', { name: 'Show as table: Lineage of B' }));
  expect(screen.getByRole('grid', { name: 'Lineage of B' }).getAttribute('aria-rowcount')).toBe('32');
});
