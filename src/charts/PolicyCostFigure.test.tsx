import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { agentId } from '../lib/ids.ts';
import type { ExperimentDetail } from '../domain/experiment/normalised.ts';
import { bankA, bankB, detail, fraction, proposal, row, sampledDetail } from '../testing/figureExperiment.ts';
import { PolicyCostFigure, type PolicyCostFigureProps } from './PolicyCostFigure.tsx';

afterEach(cleanup);

function setup(given: ExperimentDetail = sampledDetail(), props: Partial<PolicyCostFigureProps> = {}) {
  const heard = { onSelect: vi.fn(), onActivate: vi.fn(), onHideAgents: vi.fn() };
  const { container } = render(
    <PolicyCostFigure
      detail={given}
      parameter={fraction}
      metric="cost"
      scale="linear"
      hiddenAgents={new Set()}
      showTotal={false}
      selected={undefined}
      {...heard}
      {...props}
    />,
  );
  const marks = (kind: string) => [...container.querySelectorAll(`[data-mark="${kind}"]`)];
  return { ...heard, container, marks, user: userEvent.setup() };
}

const chart = () => screen.getByRole('application', { name: 'Policy and cost by iteration' });
const said = () => within(chart()).getByRole('status').textContent;

describe('the figure', () => {
  it('draws the total over agents when its switch is on, in the cost panel alone', async () => {
    const onToggleTotal = vi.fn();
    const { user } = setup(sampledDetail(), { onToggleTotal });
    const total = () => screen.queryByRole('button', { name: 'Total' });
    expect(total()?.getAttribute('aria-pressed')).toBe('false');
    await user.click(screen.getByRole('button', { name: 'Total' }));
    expect(onToggleTotal).toHaveBeenCalledOnce();
    cleanup();
    const { container } = setup(sampledDetail(), { onToggleTotal, showTotal: true });
    expect(total()?.getAttribute('aria-pressed')).toBe('true');
    expect(container.textContent).toContain('Total $896.40');
    cleanup();
    setup(sampledDetail(), { onToggleTotal, metric: 'delta' });
    expect(total()).toBeNull();
  });

  it('has a name, a sentence and every sign', () => {
    const { marks } = setup();
    expect(screen.getByRole('figure', { name: 'Policy and cost by iteration' })).toBeTruthy();
    expect(screen.getByText(/^Total cost goes from \$996\.00 to \$896\.40/)).toBeTruthy();
    // Two crosses in each panel; dots for three iterations of two agents.
    expect(marks('rejected')).toHaveLength(4);
    expect(marks('invalid')).toHaveLength(2);
    expect(marks('policy')).toHaveLength(6);
  });

  it('writes the measured cost at the ends of the lines', () => {
    const { container } = setup();
    const texts = [...container.querySelectorAll('svg text')].map((text) => text.textContent);
    expect(texts).toContain('BANK_A $398.40');
    expect(texts).toContain('BANK_B 50 %');
  });

  it('draws its marks on its lines', () => {
    const { container, marks } = setup(
      detail([row(0, { BANK_A: 300 }), row(1, { BANK_A: 100 })], [], [bankA]),
    );
    const curve = container.querySelector('path[data-line="measured"]')?.getAttribute('d') ?? '';
    const vertices = [...curve.matchAll(/[ML]([\d.]+),([\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
    const dots = marks('policy').map((mark) => mark.querySelector('circle'));
    expect(vertices).toHaveLength(2);
    dots.forEach((dot, index) => {
      expect(Number(dot?.getAttribute('cx'))).toBeCloseTo(vertices[index]?.[0] ?? NaN, 1);
      expect(Number(dot?.getAttribute('cy'))).toBeCloseTo(vertices[index]?.[1] ?? NaN, 1);
    });
    // The library's rules for $3, $2, $1 and $0 stand where these costs are drawn.
    const rules = [...container.querySelectorAll('.recharts-cartesian-grid-horizontal line')]
      .slice(-4)
      .map((line) => Number(line.getAttribute('y1')))
      .sort((a, b) => a - b);
    expect(rules[0]).toBeCloseTo(vertices[0]?.[1] ?? NaN, 1);
    expect(rules[2]).toBeCloseTo(vertices[1]?.[1] ?? NaN, 1);
  });

  it('writes axes for a metric that has no lines', () => {
    const { container } = setup(sampledDetail(), { metric: 'delta' });
    const texts = [...container.querySelectorAll('svg text')].map((text) => text.textContent);
    expect(texts).toContain('$100');
    expect(texts).toContain('no saving');
    expect(texts).toContain('saving not recorded');
  });

  it('shows its numbers as a table', async () => {
    const { user } = setup();
    await user.click(screen.getByRole('button', { name: 'Show as table: Policy and cost by iteration' }));
    expect(screen.queryByRole('application')).toBeNull();
    expect(screen.getByText('$418.32')).toBeTruthy();
    expect(screen.getByText('unparsable')).toBeTruthy();
  });

  it('says why a panel is empty, and draws no chart without iterations', () => {
    setup(sampledDetail(), { parameter: undefined });
    expect(screen.getByText('The policies of this experiment have no numeric parameter.')).toBeTruthy();
    cleanup();
    setup(detail([], []));
    expect(screen.getByText('No iteration of this experiment was recorded.')).toBeTruthy();
    expect(screen.queryByRole('application')).toBeNull();
  });

  it('makes the agents of the legend switches', async () => {
    const { user, onHideAgents } = setup(sampledDetail(), { hiddenAgents: new Set([bankB]) });
    expect(screen.getByRole('button', { name: 'BANK_A' }).getAttribute('aria-pressed')).toBe('true');
    const b = screen.getByRole('button', { name: 'BANK_B' });
    expect(b.getAttribute('aria-pressed')).toBe('false');
    // A click isolates, one on the agent that is alone brings all back, one with Shift is about this agent only.
    await user.click(b);
    expect(onHideAgents).toHaveBeenLastCalledWith(new Set([bankA]));
    await user.click(screen.getByRole('button', { name: 'BANK_A' }));
    expect(onHideAgents).toHaveBeenLastCalledWith(new Set());
    await user.keyboard('{Shift>}');
    await user.click(b);
    expect(onHideAgents).toHaveBeenLastCalledWith(new Set());
    await user.click(screen.getByRole('button', { name: 'BANK_A' }));
    expect(onHideAgents).toHaveBeenLastCalledWith(new Set([bankB, bankA]));
    await user.keyboard('{/Shift}');
  });

  it('raises the agent that the legend points at, in both panels', async () => {
    const { user, container } = setup();
    const raised = () =>
      [...container.querySelectorAll('[data-raised]')].map((panel) => panel.getAttribute('data-raised'));
    expect(raised()).toEqual([]);
    await user.hover(screen.getByRole('button', { name: 'BANK_B' }));
    expect(raised()).toEqual(['1', '1']);
    await user.unhover(screen.getByRole('button', { name: 'BANK_B' }));
    expect(raised()).toEqual([]);
  });

  it('sets each agent out on the scale of all, with every sign as before', () => {
    const { container, marks } = setup(sampledDetail(), { isSplit: true });
    const panels = [...container.querySelectorAll('[data-panel]')].map((panel) =>
      panel.getAttribute('data-panel'),
    );
    expect(panels.map((title) => title?.split(',')[0])).toEqual(['BANK_A', 'BANK_A', 'BANK_B', 'BANK_B']);
    expect(marks('rejected')).toHaveLength(4);
    expect(marks('policy')).toHaveLength(6);
    const texts = [...container.querySelectorAll('svg text')].map((text) => text.textContent);
    expect(texts).toContain('$398.40');
  });

  it('draws the best total so far, and says where arrivals differ', () => {
    const given = detail(
      [row(0, { BANK_A: 300 }), row(1, { BANK_A: 100 }), row(2, { BANK_A: 200 })],
      [],
      [bankA],
    );
    const { container } = setup(given, { showBest: true, arrivalsDiffer: true });
    const texts = [...container.querySelectorAll('svg text')].map((text) => text.textContent);
    expect(texts).toContain('Best $1.00');
    expect(texts).toContain('BANK_A $2.00');
    expect(screen.getByText(/^Best so far: arrivals differ/)).toBeTruthy();
  });

  it('draws a part of the iterations, which the keys change, and keeps what came before', () => {
    const rows = Array.from({ length: 12 }, (_, i) => row(i, { BANK_A: i === 0 ? 100 : 500 }));
    const onRange = vi.fn();
    const { container, marks } = setup(detail(rows, [], [bankA]), {
      range: [4, 9],
      onRange,
      showBest: true,
    });
    expect(marks('policy').map((mark) => mark.getAttribute('data-iteration'))).toEqual([
      '4',
      '5',
      '6',
      '7',
      '8',
      '9',
    ]);
    expect([...container.querySelectorAll('svg text')].map((text) => text.textContent)).toContain(
      'Best $1.00',
    );
    chart().focus();
    fireEvent.keyDown(chart(), { key: '+' });
    expect(onRange).toHaveBeenLastCalledWith([6, 8]);
    fireEvent.keyDown(chart(), { key: '-' });
    expect(onRange).toHaveBeenLastCalledWith(undefined);
    fireEvent.keyDown(chart(), { key: '0' });
    expect(onRange).toHaveBeenLastCalledWith(undefined);
  });

  it('leaves in a part of the iterations, with the words and numbers of that part', async () => {
    const { user } = setup(sampledDetail());
    await user.click(screen.getByRole('button', { name: 'Export Policy and cost by iteration' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Export' }, { timeout: 60_000 }));
    expect(
      await dialog.findByText(/^Total cost goes from \$996\.00 to \$896\.40 over 3 iterations/),
    ).toBeTruthy();
    await user.type(dialog.getByLabelText('To'), '1');
    expect(
      await dialog.findByText(/^Iterations 0 to 1\. Total cost goes from .* over 2 iterations/),
    ).toBeTruthy();
    await user.type(dialog.getByLabelText('From'), '2');
    expect(dialog.getByRole('alert').textContent).toBe(
      'From and To have to be whole numbers from 0 to 2, the smaller one first.',
    );
  });

  it('lists 60 of many agents, finds the others by name, and hides all or those found', async () => {
    const agents = Array.from({ length: 100 }, (_, i) => agentId(`BANK_${i}`));
    const costs = Object.fromEntries(agents.map((agent, i) => [agent, i]));
    const { user, onHideAgents, container } = setup(detail([row(0, costs), row(1, costs)], [], agents), {
      hiddenAgents: new Set([agents[99] ?? bankA]),
    });
    const switches = () => screen.getAllByRole('button', { pressed: true });
    expect(container.querySelectorAll('path[data-line="measured"]')).toHaveLength(99);
    expect(switches()).toHaveLength(60);
    expect(screen.getByText(/^99 of 100 agents drawn; the first 60 listed/)).toBeTruthy();
    await user.type(screen.getByRole('searchbox', { name: 'Find an agent' }), '_7');
    expect(switches()).toHaveLength(11);
    expect(screen.getByText(/11 found/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Hide those found' }));
    expect([...(onHideAgents.mock.lastCall?.[0] as ReadonlySet<string>)]).toEqual(
      ['BANK_99', 'BANK_7'].concat(Array.from({ length: 10 }, (_, i) => `BANK_7${i}`)),
    );
  });

  it('marks the selected iteration in both panels', () => {
    const { container } = setup(sampledDetail(), { selected: { iteration: 1, agentId: bankA } });
    expect(container.querySelectorAll('[data-selected-iteration="1"]')).toHaveLength(2);
    expect(container.querySelectorAll('[data-ring]').length).toBeGreaterThanOrEqual(3);
  });
});

describe('the keyboard', () => {
  it('reaches every mark from one tab stop and speaks it', async () => {
    const { user, container } = setup();
    expect(chart().getAttribute('tabindex')).toBe('0');
    expect(chart().querySelectorAll('[tabindex="0"]')).toHaveLength(0);
    chart().focus();
    await user.keyboard('{ArrowRight}');
    expect(said()).toBe(
      'Iteration 0, BANK_A, policy in force: initial liquidity fraction 50 %, cost $498.00.',
    );
    await user.keyboard('{ArrowDown}');
    expect(said()).toContain('Iteration 0, BANK_A, proposal accepted: initial liquidity fraction 40 %');
    await user.keyboard('{ArrowDown}{ArrowDown}');
    expect(said()).toContain('Iteration 0, BANK_B, proposal rejected');
    expect(container.querySelectorAll('[data-ring="focus"]')).toHaveLength(2);
    await user.keyboard('{ArrowRight}');
    expect(said()).toBe('Iteration 1, BANK_B, proposal unparsable. Reason: no JSON');
    await user.keyboard('{End}');
    expect(said()).toContain('Iteration 2, BANK_B, policy in force');
  });

  it('opens with Enter and leaves with Escape', async () => {
    const { user, onActivate } = setup(sampledDetail(), { selected: { iteration: 1, agentId: bankB } });
    chart().focus();
    await user.keyboard('{ArrowRight}{Enter}');
    expect(onActivate).toHaveBeenCalledWith({ iteration: 1, agentId: bankB });
    await user.keyboard('{Escape}');
    expect(said()).toBe('');
    expect(document.activeElement).toBe(document.body);
  });

  it('keeps its keys from the page and leaves the page its own', async () => {
    const outer = vi.fn();
    document.addEventListener('keydown', outer);
    const { user } = setup();
    chart().focus();
    await user.keyboard('{ArrowRight}');
    expect(outer).not.toHaveBeenCalled();
    await user.keyboard('j');
    expect(outer).toHaveBeenCalledTimes(1);
    document.removeEventListener('keydown', outer);
  });
});

describe('the pointer', () => {
  it('reads the values of the iteration under it, and a click selects the mark', () => {
    const { marks, container, onSelect } = setup();
    const mark = marks('rejected').at(-1);
    const d = mark?.querySelector('path')?.getAttribute('d') ?? '';
    const [, x, y] = /^M([\d.]+) ([\d.]+)/.exec(d) ?? [];
    const panel = mark?.closest('.recharts-wrapper')?.parentElement;
    if (panel === null || panel === undefined) throw new Error('the mark is in no panel');
    const where = { clientX: Number(x) + 4, clientY: Number(y) + 4 };
    fireEvent.pointerMove(panel, where);
    expect(within(chart()).getByText('Iteration 0')).toBeTruthy();
    expect(within(chart()).getByText('$498.00 → $517.92')).toBeTruthy();
    expect(said()).toBe('');
    fireEvent.click(panel, where);
    expect(onSelect).toHaveBeenCalledWith({ iteration: 0, agentId: bankB });
    fireEvent.keyDown(document.body, { key: 'Escape' });
    expect(container.textContent).not.toContain('$498.00 → $517.92');
  });

  it('zooms to the iterations that it is dragged over, and a drag selects nothing', () => {
    const rows = Array.from({ length: 12 }, (_, iteration) => row(iteration, { BANK_A: 50 - iteration }));
    const onRange = vi.fn();
    const { marks, onSelect } = setup(detail(rows, [], [bankA]), { onRange });
    const panel = marks('policy')[0]?.closest('.recharts-wrapper')?.parentElement;
    if (panel === null || panel === undefined) throw new Error('the mark is in no panel');
    panel.setPointerCapture = vi.fn();
    const atIteration = (iteration: number) => {
      const path = marks('policy').find((mark) => mark.getAttribute('data-iteration') === String(iteration));
      return {
        clientX: Number(path?.querySelector('circle')?.getAttribute('cx')) + 4,
        clientY: 20,
        button: 0,
      };
    };
    fireEvent.pointerDown(panel, atIteration(9));
    fireEvent.pointerMove(panel, atIteration(4));
    fireEvent.pointerUp(panel, atIteration(4));
    fireEvent.click(panel, atIteration(4));
    expect(onRange).toHaveBeenCalledWith([4, 9]);
    expect(onSelect).not.toHaveBeenCalled();
  });
});

it('draws a proposal whose cost was not recorded on a rail with that name', () => {
  const { container, marks } = setup(detail([row(0, { BANK_A: 5 })], [proposal(0, bankA, 'rejected')]));
  expect(container.querySelector('[data-rail="missing"]')?.textContent).toBe('cost not recorded');
  expect(marks('rejected')).toHaveLength(1);
});
