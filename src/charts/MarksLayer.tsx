import { agentStyle } from './shape/agentStyle.ts';
import type { PlacedMark } from './shape/placed.ts';
import { Glyph } from './Glyph.tsx';

/** Pixels per iteration below which dots shrink. */
const closeTogether = 12;

interface MarksLayerProps {
  readonly placed: readonly PlacedMark[];
  /** Pixels between two iterations. */
  readonly room: number;
}

/** Dotted ties below, signs above; every sign says in `data-` what it stands for. */
export function MarksLayer({ placed, room }: MarksLayerProps) {
  const radius = room < closeTogether ? 3 : 4;
  return (
    <g>
      <Ties placed={placed} />
      {placed.map(({ mark, x, y }) => (
        <g
          key={`${mark.kind} ${mark.agentIndex} ${mark.iteration}`}
          data-mark={mark.kind}
          data-agent={mark.agentId}
          data-iteration={mark.iteration}
        >
          <Glyph
            kind={mark.kind}
            x={x}
            y={y}
            color={agentStyle(mark.agentIndex).color}
            radius={mark.kind === 'policy' && room < closeTogether ? 2.4 : radius}
          />
        </g>
      ))}
    </g>
  );
}

/** One path per agent: hundreds of ties cost no more than one. */
function Ties({ placed }: Pick<MarksLayerProps, 'placed'>) {
  const paths = new Map<number, string>();
  for (const { mark, x, y, tieY } of placed) {
    if (tieY === undefined) continue;
    paths.set(mark.agentIndex, `${paths.get(mark.agentIndex) ?? ''}M${x} ${tieY}V${y}`);
  }
  return [...paths].map(([agentIndex, d]) => (
    <path
      key={agentIndex}
      d={d}
      stroke={agentStyle(agentIndex).color}
      strokeDasharray="2 3"
      strokeOpacity={0.6}
      fill="none"
    />
  ));
}
