/** How one agent is drawn everywhere: its place in the experiment decides, hidden agents keep theirs. */
interface AgentStyle {
  readonly color: string;
  /** Tells the ninth agent from the first, whose colour it has. */
  readonly dash: string | undefined;
}

const colorCount = 8;
/**
 * None of them looks like the even dashes of a re-measured cost or the dots of a connector. With the colours they
 * tell 64 agents apart.
 */
const dashes = [
  undefined,
  '12 3',
  '12 3 3 3',
  '12 3 3 3 3 3',
  '20 3',
  '20 3 3 3',
  '20 3 8 3',
  '20 3 3 3 3 3',
];

/** So many agents have a colour and a dash of their own. */
export const tellsApart = colorCount * dashes.length;

export function agentStyle(index: number): AgentStyle {
  return {
    color: `var(--agent-${(index % colorCount) + 1})`,
    dash: dashes[Math.floor(index / colorCount) % dashes.length],
  };
}

/** The dash of an agent's line as numbers, for drawings without a style sheet. */
export function dashOf(index: number): readonly number[] | undefined {
  return agentStyle(index).dash?.split(' ').map(Number);
}

/** More agents than this are not all set out on a page: their names and panels would fill it without end. */
export const manyAgents = 24;
