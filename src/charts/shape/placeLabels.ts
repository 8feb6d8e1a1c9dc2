import { yOf, type PanelBox } from './geometry.ts';
import { spreadLabels } from './labels.ts';
import type { EndLabel, PanelModel } from './panel.ts';

interface PlacedLabel {
  readonly label: EndLabel;
  readonly y: number;
}

const lineHeight = 14;

/** The labels at the right of a panel, at the height of their line's end and never over one another. */
export function placeLabels(panel: PanelModel, box: PanelBox): readonly PlacedLabel[] {
  const lowest = panel.domain[0];
  // Zero has no place on a log scale: its label stands at the foot, beside the rail of its dot.
  const wanted = panel.labels.map(({ value }) => yOf(box, panel, Math.max(value, lowest)));
  const ys = spreadLabels(wanted, lineHeight, box.top + 2, box.bottom - 2);
  return panel.labels.map((label, index) => ({ label, y: ys[index] ?? box.bottom }));
}
