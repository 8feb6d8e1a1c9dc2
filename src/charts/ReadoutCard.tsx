import { plural } from '../lib/format.ts';
import { manyAgents, agentStyle } from './shape/agentStyle.ts';
import type { ProposalReadout, ReadoutFact } from './shape/readout.ts';
import { verdictWord } from '../domain/experiment/verdict.ts';
import { StatusMark } from '../ui/StatusMark.tsx';
import { verdictStatuses } from './Glyph.tsx';
import type { ReadoutRoom } from './PanelStage.tsx';
import styles from './ReadoutCard.module.css';

/** What is read of one agent; of no single one where it has no index. */
export interface ReadoutBlock {
  readonly name: string;
  readonly agentIndex: number | undefined;
  /** In place of the agent's. */
  readonly color?: string | undefined;
  readonly facts: readonly ReadoutFact[];
  readonly proposal?: ProposalReadout | undefined;
}

interface ReadoutCardProps {
  /** The iteration or the tick. */
  readonly title: string;
  readonly aside?: string | undefined;
  readonly blocks: readonly ReadoutBlock[];
  /** Name of the block under the pointer or the keyboard, set apart. */
  readonly active?: string | undefined;
  readonly room: ReadoutRoom;
  /** What a block is one of. */
  readonly blockWord?: string;
}

/** Every exact value of one iteration or one tick. */
export function ReadoutCard({ title, aside, blocks, active, room, blockWord = 'agent' }: ReadoutCardProps) {
  const shown = shownOf(blocks, active, room);
  const more = blocks.length - shown.length;
  return (
    <div className={styles.card}>
      <div className={styles.head}>
        <b>{title}</b>
        {aside !== undefined && <span>{aside}</span>}
      </div>
      <div
        className={styles.agents}
        style={{ gridTemplateColumns: `repeat(${room.columns}, minmax(0, 1fr))` }}
      >
        {shown.map((block) => (
          <Block
            key={block.name}
            block={block}
            isActive={active === block.name}
            isBrief={room.isBrief === true && active !== block.name}
          />
        ))}
      </div>
      {more > 0 && (
        <div className={styles.more}>
          and {plural(more, `more ${blockWord}`, `more ${blockWord}s`)}: see the table
        </div>
      )}
    </div>
  );
}

/** As many of a great number as are read at once, with the one that is pointed at. */
const mostOfMany = 6;
/** Pixels of a line of the card, of its frame with title and last line, and of what a block has beside its facts. */
const lineHeight = 19;
const cardFrame = 70;
const blockFrame = 30;
/** Facts of a block in brief: the parameter and the cost. */
const briefFacts = 2;
/** A stored reason is cut off after three. */
const reasonLines = 3;

/** What is left out is said; half a card outside the window would not be. */
function shownOf(
  blocks: readonly ReadoutBlock[],
  active: string | undefined,
  { columns, height, isBrief }: ReadoutRoom,
): readonly ReadoutBlock[] {
  // Eight in brief have room in any window in which the figure has.
  if (isBrief === true) return blocks;
  const tallest = Math.max(
    0,
    ...blocks.map(({ facts, proposal }) => facts.length + (proposal?.reason === undefined ? 0 : reasonLines)),
  );
  const inColumn = Math.max(1, Math.floor((height - cardFrame) / (tallest * lineHeight + blockFrame)));
  const most = Math.min(inColumn * columns, blocks.length > manyAgents ? mostOfMany : blocks.length);
  const pointed = blocks.findIndex(({ name }) => name === active);
  return pointed < most ? blocks.slice(0, most) : blocks.slice(pointed, pointed + most);
}

interface BlockProps {
  readonly block: ReadoutBlock;
  readonly isActive: boolean;
  readonly isBrief: boolean;
}

function Block({ block, isActive, isBrief }: BlockProps) {
  const { name, agentIndex, facts, proposal } = block;
  const color = block.color ?? (agentIndex === undefined ? 'var(--ink-2)' : agentStyle(agentIndex).color);
  return (
    <div className={styles.agent} style={{ borderColor: color }} data-active={isActive} data-block={name}>
      <div className={styles.head}>
        <b style={{ color }}>{name}</b>
        {proposal !== undefined && <VerdictWord proposal={proposal} />}
      </div>
      <Facts facts={isBrief ? facts.slice(0, briefFacts) : facts} />
      {!isBrief && proposal?.reason !== undefined && <div className={styles.reason}>{proposal.reason}</div>}
    </div>
  );
}

function VerdictWord({
  proposal: { verdict, invalidBecause },
}: {
  readonly proposal: Pick<ProposalReadout, 'verdict' | 'invalidBecause'>;
}) {
  return (
    <span className={styles.verdict} data-verdict={verdict}>
      <StatusMark status={{ ...verdictStatuses[verdict], word: verdictWord(verdict, invalidBecause) }} />
    </span>
  );
}

function Facts({ facts }: { readonly facts: readonly ReadoutFact[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(({ label, text, bounds }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd
            data-low={bounds === undefined ? undefined : String(bounds.low)}
            data-high={bounds === undefined ? undefined : String(bounds.high)}
          >
            {text}
          </dd>
        </div>
      ))}
    </dl>
  );
}
