import { agentStyle } from '../../../charts/shape/agentStyle.ts';
import { formatCount, formatMoney, plural } from '../../../lib/format.ts';
import type { AgentId } from '../../../lib/ids.ts';
import type { TickMove, TickState } from '../../../domain/answers/runs.ts';
import { addCents, cents, centsToPlotNumber, type Cents } from '../../../lib/units.ts';
import { Card } from '../../../ui/Card.tsx';
import styles from './TickFlows.module.css';
import { groupBy } from '../../../lib/groupBy.ts';

const kindWords: Readonly<Record<TickMove['kind'], string>> = {
  immediate: 'at once',
  'queue 2': 'from Queue 2',
  'bilateral offset': 'by offsetting two banks',
  inferred: 'from Queue 2, inferred',
  cycle: 'in a cycle of banks',
  transfer: 'by a transfer of the scenario',
};

/** Pairs shown before the list scrolls. The half of one more says that it goes on. */
const roomFor = 4.5;

/** What moved between banks in one tick, pair by pair. */
export function TickFlows({ state, order }: { state: TickState; order: readonly AgentId[] }) {
  const flows = flowsOf(state.moves);
  const most = flows[0] === undefined ? 0 : centsToPlotNumber(flows[0].amountCents);
  const unlisted = state.moveCount - state.moves.length;
  return (
    <Card
      title={`Settled in tick ${state.tick}`}
      aside={state.moveCount === 0 && state.unreadableMoves === 0 ? 'nothing' : movedWords(state)}
    >
      <div
        className={styles.frame}
        style={{ height: `calc(${Math.min(roomFor, pairsOf(order))} * 44px + 10px)` }}
        tabIndex={0}
        role="group"
        aria-label={`Settled in tick ${state.tick}`}
      >
        {state.unreadableMoves > 0 && (
          <p className={styles.none}>
            {formatCount(state.unreadableMoves)} more cannot be read: what moved there is unknown.
          </p>
        )}
        {flows.length === 0 && state.unreadableMoves === 0 && (
          <p className={styles.none}>Nothing was settled in this tick.</p>
        )}
        <ul className={styles.list}>
          {flows.map((flow) => (
            <FlowLine
              key={`${flow.from} ${flow.to}`}
              flow={flow}
              share={most > 0 ? centsToPlotNumber(flow.amountCents) / most : 0}
              color={agentStyle(order.indexOf(flow.from)).color}
            />
          ))}
        </ul>
        {unlisted > 0 && (
          <p className={styles.none}>
            The first {formatCount(state.moves.length)} are counted here; {formatCount(unlisted)} more are
            among the events.
          </p>
        )}
      </div>
    </Card>
  );
}

/** `4 payments`; a transfer of the scenario is none. */
function movedWords({ moves, moveCount }: TickState): string {
  return moves.some(({ kind }) => kind === 'transfer')
    ? plural(moveCount, 'movement')
    : plural(moveCount, 'payment');
}

/** Most pairs that can move money in one tick: the room is kept, so that stepping moves nothing. */
function pairsOf(order: readonly AgentId[]): number {
  return Math.max(1, order.length * (order.length - 1));
}

function FlowLine({ flow, share, color }: { flow: Flow; share: number; color: string }) {
  const how = flow.kinds.map(([kind, count]) => `${formatCount(count)} ${kindWords[kind]}`).join(', ');
  return (
    <li className={styles.flow}>
      <span className={styles.pair} title={`${flow.from} → ${flow.to}`}>
        {flow.from} → {flow.to}
      </span>
      <b className={styles.amount}>{formatMoney(flow.amountCents)}</b>
      <span className={styles.how} title={how}>
        {how}
      </span>
      <span className={styles.track} aria-hidden>
        <span className={styles.fill} style={{ width: `${share * 100}%`, background: color }} />
      </span>
    </li>
  );
}

/** Everything that moved from one bank to another in a tick. */
interface Flow {
  readonly from: AgentId;
  readonly to: AgentId;
  readonly payments: number;
  readonly amountCents: Cents;
  /** How many by which way, the most first. */
  readonly kinds: readonly (readonly [TickMove['kind'], number])[];
}

/** Moves put together by pair of banks, the largest amount first. */
export function flowsOf(moves: readonly TickMove[]): readonly Flow[] {
  const pairs = groupBy(moves, ({ from, to }) => JSON.stringify([from, to]));
  return [...pairs.values()]
    .flatMap((own): Flow[] => {
      const [first] = own;
      if (first === undefined) return [];
      const byKind = groupBy(own, ({ kind }) => kind);
      return [
        {
          from: first.from,
          to: first.to,
          payments: own.length,
          amountCents: own.reduce((sum, move) => addCents(sum, move.amountCents), cents(0n)),
          kinds: [...byKind].map(([kind, some]) => [kind, some.length] as const).sort((a, b) => b[1] - a[1]),
        },
      ];
    })
    .sort((a, b) => Number(b.amountCents > a.amountCents) - Number(b.amountCents < a.amountCents));
}
