import type { CheckOutcome, RuleCheck } from '../../../domain/acceptance/check.ts';
import { cx } from '../../../ui/cx.ts';
import { outcomeWords, ruleLine, type RuleLine } from './ruleWords.ts';
import styles from './VerdictCard.module.css';

/** The acceptance rules in the order in which they are applied, each with its outcome by shape and word. */
export function RuleList({ checks }: { checks: readonly RuleCheck[] }) {
  const significance = checks.find((check) => check.rule === 'significance');
  return (
    <ul className={styles.rules}>
      {checks.map((check) => (
        <Rule key={check.rule} line={ruleLine(check)} outcome={check.outcome} />
      ))}
      {significance?.saving !== undefined && significance.tests !== 'saving' && (
        <Rule
          line={{
            label: '95 % interval of the saving above zero',
            value: '',
            note: 'not a rule of this experiment: what significance of the saving would ask for',
          }}
          outcome={significance.saving[0] > 0 ? 'pass' : 'fail'}
        />
      )}
    </ul>
  );
}

function Rule({ line: { label, value, note }, outcome }: { line: RuleLine; outcome: CheckOutcome }) {
  return (
    <li className={styles.rule}>
      <svg
        className={cx(styles.sign, toneOf(outcome))}
        width="10"
        height="10"
        viewBox="0 0 10 10"
        aria-hidden
      >
        {signOf(outcome)}
      </svg>
      <span>
        {label}
        {note !== undefined && <span className={styles.quiet}>{note}</span>}
      </span>
      <span className={styles.value}>
        {value !== '' && <span className={styles.number}>{value}</span>}
        <span className={cx(styles.quiet, toneOf(outcome))}>{outcomeWords[outcome]}</span>
      </span>
    </li>
  );
}

function toneOf(outcome: CheckOutcome): string | undefined {
  switch (outcome) {
    case 'pass':
      return styles.good;
    case 'fail':
      return styles.bad;
    case 'not in force':
    case 'not tested':
    case 'unknown':
      return undefined;
  }
}

function signOf(outcome: CheckOutcome) {
  switch (outcome) {
    case 'pass':
      return <circle cx="5" cy="5" r="4" fill="currentColor" />;
    case 'fail':
      return <path d="M1.5 1.5l7 7m0-7l-7 7" stroke="currentColor" strokeWidth="2" />;
    case 'unknown':
      return <circle cx="5" cy="5" r="3.6" fill="none" stroke="currentColor" strokeWidth="1.6" />;
    case 'not in force':
    case 'not tested':
      return <path d="M1 5h8" stroke="currentColor" strokeWidth="2" />;
  }
}
