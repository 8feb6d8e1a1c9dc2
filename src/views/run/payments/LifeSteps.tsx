import type { LifeStep } from '../../../domain/answers/runs.ts';
import { Button } from '../../../ui/Button.tsx';
import { eventTitle } from '../../../domain/events.ts';
import { eventWords } from '../events/eventWords.ts';
import { reasonWords } from '../events/reasonWords.ts';
import styles from './PaymentLifeCard.module.css';

interface LifeStepsProps {
  readonly steps: readonly LifeStep[];
  readonly onTick: (tick: number) => void;
}

/** The events of a payment as a line with the ticks between them. */
export function LifeSteps({ steps, onTick }: LifeStepsProps) {
  return (
    <ol className={styles.steps}>
      {steps.map((step, i) => (
        <li key={step.event.seq} className={styles.step}>
          {step.ticksSince > 0 && (
            <p className={styles.gap}>
              {step.ticksSince} {step.ticksSince === 1 ? 'tick' : 'ticks'} later
              {waitWords(steps[i - 1])}
            </p>
          )}
          <div className={styles.event}>
            <Button
              size="small"
              variant="ghost"
              title={`Show tick ${step.event.tick}`}
              onClick={() => onTick(step.event.tick)}
            >
              tick {step.event.tick}
            </Button>
            <span className={styles.what}>
              <b title={step.event.eventType}>{eventTitle(step.event.eventType)}</b>{' '}
              <span className={styles.words}>{eventWords(step.event)}</span>
              {step.reason !== undefined &&
                !eventWords(step.event).includes(reasonWords(step.reason) ?? '') && (
                  <span className={styles.words}>, {reasonWords(step.reason)}</span>
                )}
              {step.decisionPath !== undefined && (
                <span className={styles.path}>branch that fired: {step.decisionPath}</span>
              )}
            </span>
          </div>
        </li>
      ))}
    </ol>
  );
}

function waitWords(before: LifeStep | undefined): string {
  switch (before?.waitsIn) {
    case 'queue 1':
      return ', waiting in Queue 1';
    case 'queue 2':
      return ', waiting in Queue 2';
    case undefined:
      return '';
  }
}
