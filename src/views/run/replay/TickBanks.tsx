import type { AgentId } from '../../../lib/ids.ts';
import type { TickState } from '../../../domain/answers/runs.ts';
import type { Cents } from '../../../lib/units.ts';
import { BankCard } from './BankCard.tsx';
import { BanksGrid } from './BanksGrid.tsx';
import styles from './TickBanks.module.css';

interface TickBanksProps {
  readonly state: TickState;
  /** The tick that is being read, where it is not the one shown. */
  readonly awaited: number | undefined;
  readonly order: readonly AgentId[];
  readonly mostCents: Cents | undefined;
}

/** More banks than this are rows of a grid. */
const mostCards = 8;

/** All banks at the end of one tick, which is named. */
export function TickBanks({ state, awaited, order, mostCents }: TickBanksProps) {
  const banks = order.flatMap((agent) => state.agents.filter(({ agentId }) => agentId === agent));
  return (
    <section className={styles.banks} aria-label="Banks">
      <h2 className={styles.title}>
        Banks at the end of tick {state.tick}
        {awaited !== undefined && <span className={styles.late}> reading tick {awaited}</span>}
      </h2>
      {banks.length <= mostCards ? (
        <ul className={styles.cards}>
          {banks.map((agent) => (
            <BankCard
              key={agent.agentId}
              agent={agent}
              index={order.indexOf(agent.agentId)}
              mostCents={mostCents}
            />
          ))}
        </ul>
      ) : (
        <BanksGrid banks={banks} order={order} />
      )}
    </section>
  );
}
