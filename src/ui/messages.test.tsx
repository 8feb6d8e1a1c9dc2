import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { Alert, Notice } from './Notice.tsx';
import { Breadcrumbs } from '../views/shared/Page.tsx';
import { Card } from './Card.tsx';
import { CodeBlock } from './CopyButton.tsx';
import { FactList, KeyFigures } from './FactList.tsx';
import { ProgressBar } from './ProgressBar.tsx';

afterEach(cleanup);

test('an alert has its code, and says what, why and what to do', () => {
  render(
    <Alert code="empty-file" title="one.db is empty" what="It has 0 bytes." why="Cut." wayOut="Copy it." />,
  );
  const alert = screen.getByRole('alert');
  expect(alert.dataset.code).toBe('empty-file');
  expect(alert.textContent).toBe('one.db is emptyIt has 0 bytes.Cut.Copy it.');
});

test('a notice is spoken only when it is news', () => {
  render(
    <>
      <Notice>always there</Notice>
      <Notice live code="bad-value">
        just happened
      </Notice>
    </>,
  );
  expect(screen.getAllByRole('status').map((notice) => notice.textContent)).toEqual(['just happened']);
  expect(screen.getByRole('status').dataset.code).toBe('bad-value');
});

test('progress says what is done and how far, never above 100, and can be stopped', async () => {
  const onCancel = vi.fn();
  const view = render(<ProgressBar doing="Reading events" fraction={0.436} onCancel={onCancel} />);
  const bar = () => screen.getByRole('progressbar', { name: 'Reading events' }).getAttribute('aria-valuenow');
  expect(bar()).toBe('43');
  expect(screen.getByText('43 %').tagName).toBe('SPAN');
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(onCancel).toHaveBeenCalledTimes(1);
  view.rerender(<ProgressBar doing="Reading events" fraction={1.2} />);
  expect(bar()).toBe('100');
  view.rerender(<ProgressBar doing="Reading events" />);
  expect(bar()).toBe(null);
});

test('a card is a region with its title', () => {
  render(
    <Card title="Samples" aside="50" actions={<button>Export</button>}>
      inside
    </Card>,
  );
  const card = within(screen.getByRole('region', { name: 'Samples' }));
  expect(card.getByRole('heading', { level: 2 }).textContent).toBe('Samples');
  expect(card.getByRole('button', { name: 'Export' }).textContent).toBe('Export');
});

test('facts and key figures pair their words and values', () => {
  render(
    <>
      <FactList facts={[{ label: 'seed', value: 42, note: 'stored' }]} />
      <KeyFigures label="Totals" figures={[{ caption: 'kept', value: 14, unit: 'of 24', tone: 'good' }]} />
    </>,
  );
  expect(screen.getAllByRole('term').map((term) => term.textContent)).toEqual(['seed', 'kept']);
  expect(screen.getAllByRole('definition').map((value) => value.textContent)).toEqual([
    '42stored',
    '14 of 24',
  ]);
});

test('the last breadcrumb is here, the others lead up', () => {
  render(
    <Breadcrumbs
      crumbs={[
        { label: 'All', href: '#/' },
        { label: 'one', mono: true },
      ]}
    />,
  );
  const trail = within(screen.getByRole('navigation', { name: 'Breadcrumbs' }));
  expect(trail.getByRole('link', { name: 'All' }).getAttribute('href')).toBe('#/');
  expect(trail.getByText('one').getAttribute('aria-current')).toBe('page');
});

test('copying that the browser refuses is said, with a way out', async () => {
  const user = userEvent.setup();
  vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('no permission'));
  render(<CodeBlock label="Python" text="import duckdb" />);
  await user.click(screen.getByRole('button', { name: 'Copy Python' }));
  expect((await screen.findByText(/Select the text/)).getAttribute('role')).toBe('status');
});
