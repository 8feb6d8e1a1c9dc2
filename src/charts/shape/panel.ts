import type { Verdict } from '../../domain/experiment/verdict.ts';
import type { AgentId } from '../../lib/ids.ts';
import type { ValueScale } from './metric.ts';

/** A vertex of a line; without a value the line is broken there, never bridged. */
export interface LinePoint {
  readonly iteration: number;
  readonly value: number | undefined;
  /** The 95 % interval of the value, where the file has one. */
  readonly interval: readonly [number, number] | undefined;
}

/** `parameter`: in force; `measured`: stored cost; `accepted`: from the judged proposals; `remeasured`: on fresh samples; `best`: lowest total so far. */
type LineRole = 'parameter' | 'measured' | 'accepted' | 'remeasured' | 'total' | 'best';

/** How a line, a mark or a label is drawn that stands for no agent. */
export interface LineLook {
  /** A CSS colour. */
  readonly color: string;
  readonly dash?: string | undefined;
  /** One of many behind the line that matters. */
  readonly isThin?: boolean;
}

export interface ChartLine {
  readonly role: LineRole;
  /** In place of the agent's colour and dashes. */
  readonly look?: LineLook | undefined;
  /** Place of the agent in the experiment; undefined for the total. */
  readonly agentIndex: number | undefined;
  readonly points: readonly LinePoint[];
}

/** `policy` is a dot of the accepted trajectory, everything else a proposal by its verdict. */
export type MarkKind = 'policy' | Verdict;

/** Strips under the plot for what has no place on the value axis. */
type RailId = 'nonpositive' | 'missing' | 'unreadable' | 'outside';

export interface Rail {
  readonly id: RailId;
  readonly label: string;
}

export type MarkPlace =
  | { readonly on: 'plot'; readonly value: number }
  /** A little above the value: it says "here, then", not "this much". */
  | { readonly on: 'above'; readonly value: number }
  | { readonly on: 'rail'; readonly rail: RailId };

export interface ChartMark {
  readonly iteration: number;
  readonly agentId: AgentId;
  readonly agentIndex: number;
  readonly kind: MarkKind;
  readonly place: MarkPlace;
  /** Value that a dotted line ties the mark to: the current cost. */
  readonly tiedTo: number | undefined;
  readonly look?: LineLook | undefined;
}

/** Text at the end of a line, at the height of its last value. */
export interface EndLabel {
  readonly agentIndex: number | undefined;
  readonly value: number;
  readonly name: string;
  readonly text: string;
  readonly look?: LineLook | undefined;
}

/** A horizontal line with a meaning: no saving, the settlement floor. */
export interface Rule {
  readonly value: number;
  readonly label: string;
}

/** Everything one panel draws, in values; pixels come later. */
export interface PanelModel {
  readonly title: string;
  readonly lines: readonly ChartLine[];
  readonly marks: readonly ChartMark[];
  readonly rails: readonly Rail[];
  readonly rules: readonly Rule[];
  readonly labels: readonly EndLabel[];
  readonly scale: ValueScale;
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
  readonly formatTick: (value: number) => string;
  /** Why the panel is empty, where it is. */
  readonly emptyText: string | undefined;
}

/** What a mark stands for: an iteration, or one agent's policy and proposal in it. */
export interface MarkTarget {
  readonly iteration: number;
  readonly agentId?: AgentId;
}
