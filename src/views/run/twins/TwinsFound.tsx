import { GapFigure } from '../../../charts/run/GapFigure.tsx';
import { useAnswer } from '../../../data/useAnswer.ts';
import { runTwins } from '../../../queries/run/runTwins.ts';
import type { RunScope } from '../../../queries/scope.ts';
import type { SimulationId } from '../../../lib/ids.ts';
import type { RunTwins } from '../../../domain/answers/runs.ts';
import { hrefTo } from '../../../url/addresses.ts';
import { Button } from '../../../ui/Button.tsx';
import { LinkButton } from '../../../ui/LinkButton.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { ProgressBar } from '../../../ui/ProgressBar.tsx';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import { useAddress } from '../../shared/useAddress.ts';
import { TwinPayments } from './TwinPayments.tsx';
import styles from './TwinsCard.module.css';
import { gapWords, setupWords } from './twinWords.ts';
import { runFields, type RunSearch } from '../fields.ts';

interface TwinsFoundProps {
  readonly first: RunScope;
  readonly twin: SimulationId;
  readonly fileName: string;
  readonly dayStarts: readonly number[];
}

/** Where two runs part. */
export function TwinsFound({ first, twin, fileName, dayStarts }: TwinsFoundProps) {
  const { search, patch } = useAddress(runFields);
  const answer = useAnswer(runTwins.about({ ...first, twin }));
  const there = (fields: RunSearch) =>
    hrefTo('/runs/$simulationId', search, {
      simulationId: twin,
      in: fileName,
      twin: first.simulationId,
      ...fields,
    });
  if (answer.error !== null) return <ErrorNotice error={answer.error} doing="comparing the two runs" />;
  if (answer.data === undefined) return <ProgressBar doing="Comparing the two runs tick by tick" />;
  if (answer.data === null) return <Notice tone="warning">The file holds no run {twin}.</Notice>;
  const twins = answer.data;
  return (
    <div className={styles.found}>
      <p className={styles.words}>{setupWords(twins.setups)}</p>
      {twins.unknown.map((sentence) => (
        <Notice key={sentence}>{sentence}</Notice>
      ))}
      {twins.gaps.length === 0 ? (
        <p className={styles.line}>
          <LinkButton size="small" href={there({})}>
            Open the second run
          </LinkButton>
        </p>
      ) : (
        <>
          <TickLine twins={twins} there={there} onTick={(tick) => patch({ tick })} />
          {twins.paymentsCompared && (
            <TwinPayments
              twins={twins}
              there={there}
              onPayment={(payment, tick) => patch({ payment, tick })}
            />
          )}
          <GapFigure
            gaps={twins.gaps}
            caption={`${gapWords(twins.gaps)} A click moves the replay.`}
            dayStarts={dayStarts}
            tick={search.tick ?? 0}
            onPickTick={(tick) => patch({ tick })}
          />
        </>
      )}
    </div>
  );
}

interface TickLineProps {
  readonly twins: RunTwins;
  readonly there: (fields: RunSearch) => string;
  readonly onTick: (tick: number) => void;
}

function TickLine({ twins: { firstDifferentTick: tick }, there, onTick }: TickLineProps) {
  return (
    <p className={styles.line}>
      {tick === undefined ? (
        'Every balance, queue and cost that is known is the same at the end of every tick.'
      ) : (
        <>
          <span>
            The first tick that differs is <b>tick {tick}</b>: a balance, a queue, collateral or a cost is
            another at its end.
          </span>
          <Button size="small" onClick={() => onTick(tick)}>
            Show tick {tick}
          </Button>
        </>
      )}
      <LinkButton size="small" href={there(tick === undefined ? {} : { tick })}>
        {tick === undefined ? 'Open the second run' : `Tick ${tick} of the second run`}
      </LinkButton>
    </p>
  );
}
