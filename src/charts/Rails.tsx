import type { PanelBox } from './shape/geometry.ts';
import type { PanelModel } from './shape/panel.ts';

/** Thin lines under the plot with their names: marks on them have no place on the value axis. */
export function Rails({ panel, box }: { readonly panel: PanelModel; readonly box: PanelBox }) {
  return panel.rails.map((rail, index) => {
    const y = box.railYs[index] ?? box.bottom;
    return (
      <g key={rail.id} data-rail={rail.id}>
        <line x1={box.left} x2={box.right} y1={y} y2={y} stroke="var(--line-2)" strokeDasharray="1 3" />
        <text x={box.left} y={y - 9} fontSize={11} fill="var(--ink-3)">
          {rail.label}
        </text>
      </g>
    );
  });
}
