import { agentStyle } from './shape/agentStyle.ts';
import { placeLabels } from './shape/endLabels.ts';
import { labelText, type PanelBox } from './shape/geometry.ts';
import type { PanelModel } from './shape/panel.ts';

interface EndLabelsProps {
  readonly panel: PanelModel;
  readonly box: PanelBox;
  readonly namesFit: boolean;
}

/** Pixels between the grid and a label. */
const labelGap = 4;

/** Names and last values at the ends of the lines; the value alone where the panel is narrow. */
export function EndLabels({ panel, box, namesFit }: EndLabelsProps) {
  return placeLabels(panel, box).map(({ label, y }) => (
    <text
      key={label.agentIndex ?? 'total'}
      x={box.right + labelGap}
      y={y + 4}
      fontSize={11}
      fontWeight={600}
      fill={label.agentIndex === undefined ? 'var(--ink-2)' : agentStyle(label.agentIndex).color}
    >
      {namesFit ? labelText(label) : label.text}
    </text>
  ));
}
