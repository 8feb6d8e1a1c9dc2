import { withMinus } from '../../lib/format.ts';
import type { ChartAgent } from './agents.ts';
import { savingMarks, settlementMarks } from './marks.ts';
import type { ChartMark, PanelModel, Rail, Rule } from './panel.ts';
import { emptyPanel } from './parameterPanel.ts';
import { extentOf, linearAxis, moneyTickFormat, shareAxis } from './valueAxis.ts';

/** The floor below which a proposal is turned down whatever it saves (domain.md 6.3). */
const settlementFloor = 0.95;

/** The lower panel for `delta`, before thinning: what each proposal saves. */
export function savingPanel(agents: readonly ChartAgent[]): PanelModel {
  const title = 'Saving per proposal';
  const marks = agents.flatMap((agent) => savingMarks(agent));
  if (marks.length === 0) return emptyPanel(title, 'There are no proposals of the agents shown.');
  const rules = [{ value: 0, label: 'no saving' }];
  const axis = linearAxis(extentOf([], marks, rules) ?? [0, 0], 100, 1, 6);
  return {
    ...marksOnly(title, marks, rules, 'saving not recorded'),
    ...axis,
    formatTick: moneyTickFormat(axis.ticks),
  };
}

/** The lower panel for `settlement`, before thinning: the share of payments that settled with each proposal. */
export function settlementPanel(agents: readonly ChartAgent[]): PanelModel {
  const title = 'Settlement rate per proposal';
  const marks = agents.flatMap((agent) => settlementMarks(agent));
  if (marks.length === 0) return emptyPanel(title, 'There are no proposals of the agents shown.');
  const rules = [{ value: settlementFloor, label: '95 % floor' }];
  const axis = shareAxis(extentOf([], marks, rules) ?? [0, 1]);
  return { ...marksOnly(title, marks, rules, 'rate not recorded'), ...axis, formatTick: formatShare };
}

function marksOnly(
  title: string,
  marks: readonly ChartMark[],
  rules: readonly Rule[],
  missingLabel: string,
): Omit<PanelModel, 'domain' | 'ticks' | 'formatTick'> {
  const all: readonly Rail[] = [
    { id: 'missing', label: missingLabel },
    { id: 'unreadable', label: 'not readable' },
    { id: 'outside', label: 'no share: not between 0 and 100 %' },
  ];
  const rails = all.filter(({ id }) => marks.some(({ place }) => place.on === 'rail' && place.rail === id));
  return { title, lines: [], marks, rails, rules, labels: [], scale: 'linear', emptyText: undefined };
}

const share = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

/** A share 0..1 as `66.7 %`. */
export function formatShare(value: number): string {
  return `${withMinus(share.format(value * 100))} %`;
}
