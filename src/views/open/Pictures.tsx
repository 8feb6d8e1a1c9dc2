import type { ReactNode } from 'react';
import styles from './Pictures.module.css';

/*
 * Three pictures of the sample, small enough to stand in the script of the open screen: it is on screen before any
 * file is open. They show what a screen shows; nothing is read off them. All amounts are in cents.
 */

/** Costs of the second pass of the two-period scenario, by iteration. */
const costs = {
  BANK_A: [5000, 5000, 5000, 5000, 4630, 4160, 3820, 2820, 1910, 70, 70, 70, 70, 70, 70],
  BANK_B: [5000, 3270, 3270, 3270, 3270, 2960, 2960, 2510, 2110, 2110, 2110, 2110, 2110, 2040, 2040],
} as const;
type Bank = keyof typeof costs;

/** Its rejected proposals: iteration, bank, cost under the proposal. */
const rejected: readonly (readonly [number, Bank, number])[] = [
  [0, 'BANK_A', 5710],
  [1, 'BANK_A', 5810],
  [2, 'BANK_A', 5560],
  [2, 'BANK_B', 3790],
  [3, 'BANK_B', 3780],
  [8, 'BANK_B', 2470],
  [9, 'BANK_A', 1720],
  [9, 'BANK_B', 2860],
  [10, 'BANK_B', 2380],
  [11, 'BANK_A', 1030],
  [13, 'BANK_A', 300],
  [13, 'BANK_B', 2980],
];

/** Savings of BANK_B's proposal on its 50 samples: twelve-period scenario, first pass, iteration 8. */
const savings = [
  ...Array<number>(35).fill(-2688),
  ...[-908, 569, 569, 708, 5173, 6074, 7362, 9612, 10115, 10632, 10869, 11455, 11685, 12196, 14833],
];
/** Mean of `savings` and the interval of 95 % that the file stores for it. */
const meanSaving = { cents: 337, low: -1206, high: 1880 };

/** Balances of two of the five banks at the end of each tick: five-banks scenario, first pass, iteration 0. */
const balances = {
  ALPINE: [
    52858, 42733, 48555, 22673, 24628, 16274, 16274, 42759, 33405, -41595, 31800, 27775, 5232, 5232, 9294,
    13652, 2362,
  ],
  CELTIC: [
    71843, 75025, 63641, 79876, 80973, 66622, 55644, 50796, 86543, 13274, 101740, 114590, 122037, 137159,
    128853, 140189, 148178,
  ],
} as const;

const WIDTH = 344;
const HEIGHT = 164;
const AGENT_1 = 'var(--agent-1)';
const AGENT_2 = 'var(--agent-2)';

type Scale = (value: number) => number;

function scale(from: number, to: number, low: number, high: number): Scale {
  return (value) => low + ((value - from) / (to - from)) * (high - low);
}

function lineThrough(values: readonly number[], x: Scale, y: Scale): string {
  return values
    .map((value, at) => `${at === 0 ? 'M' : 'L'}${x(at).toFixed(1)} ${y(value).toFixed(1)}`)
    .join('');
}

/** What happened, was the rejection right, what the payments did: with words for readers who see no pictures. */
export function Pictures() {
  return (
    <div className={styles.three}>
      <Picture title="What happened" drawing={<Costs />}>
        Policy and cost of each bank, iteration by iteration, with the proposals that were rejected.
      </Picture>
      <Picture title="Was the rejection right?" drawing={<Savings />}>
        Each verdict is recomputed from its own samples, beside the rule that decided.
      </Picture>
      <Picture title="What the payments did" drawing={<Balances />}>
        The run behind a number, replayed tick by tick, down to the single payment.
      </Picture>
    </div>
  );
}

interface PictureProps {
  readonly title: string;
  readonly drawing: ReactNode;
  readonly children: ReactNode;
}

function Picture({ title, drawing, children }: PictureProps) {
  return (
    <section className={styles.picture}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden>
        {drawing}
      </svg>
      <h2>{title}</h2>
      <p>{children}</p>
    </section>
  );
}

interface GridProps {
  readonly lines: readonly (readonly [number, string])[];
  readonly y: Scale;
  readonly left: number;
}

function Grid({ lines, y, left }: GridProps) {
  return lines.map(([value, words]) => (
    <g key={words}>
      <line className={styles.grid} x1={left} x2={WIDTH - 62} y1={y(value)} y2={y(value)} />
      <text x={left - 6} y={y(value) + 4} textAnchor="end">
        {words}
      </text>
    </g>
  ));
}

function Costs() {
  const x = scale(0, costs.BANK_A.length - 1, 34, WIDTH - 62);
  const y = scale(0, 6000, HEIGHT - 18, 8);
  const colour = { BANK_A: AGENT_1, BANK_B: AGENT_2 };
  const end = { BANK_A: y(70), BANK_B: y(2040) };
  return (
    <>
      <Grid
        y={y}
        left={34}
        lines={[
          [0, '$0'],
          [2000, '$20'],
          [4000, '$40'],
        ]}
      />
      {(['BANK_A', 'BANK_B'] as const).map((bank) => (
        <g key={bank}>
          <path className={styles.line} d={lineThrough(costs[bank], x, y)} stroke={colour[bank]} />
          <text className={styles.label} x={WIDTH - 56} y={end[bank] + 4} style={{ fill: colour[bank] }}>
            {bank}
          </text>
        </g>
      ))}
      {rejected.map(([iteration, bank, cents]) => (
        <path
          key={`${iteration} ${bank}`}
          d={`M${x(iteration) - 3} ${y(cents) - 3}l6 6m0 -6l-6 6`}
          stroke={colour[bank]}
          strokeWidth="1.6"
        />
      ))}
      <text x={x(6.2)} y={y(5300)}>
        × rejected proposals
      </text>
      <text x={x(7)} y={HEIGHT - 2} textAnchor="middle">
        iteration
      </text>
    </>
  );
}

const DOT = 5.2;
const STACK = 12;

function Savings() {
  const x = scale(-9000, 16000, 8, WIDTH - 8);
  const base = 112;
  const inBin = new Map<number, number>();
  return (
    <>
      <line className={styles.axis} x1="8" x2={WIDTH - 8} y1={base} y2={base} />
      <line className={styles.zero} x1={x(0)} x2={x(0)} y1="6" y2={base + 22} />
      {savings.map((cents, at) => {
        const bin = Math.round(x(cents) / DOT);
        const place = inBin.get(bin) ?? 0;
        inBin.set(bin, place + 1);
        return (
          <circle
            key={at}
            cx={bin * DOT + Math.floor(place / STACK) * DOT}
            cy={base - 5 - (place % STACK) * 5.6}
            r="2.3"
            fill={cents < 0 ? 'var(--rejected)' : 'var(--accepted)'}
          />
        );
      })}
      <path
        className={styles.interval}
        d={`M${x(meanSaving.low)} ${base + 12}H${x(meanSaving.high)}M${x(meanSaving.low)} ${base + 8}v8M${x(meanSaving.high)} ${base + 8}v8`}
      />
      <circle cx={x(meanSaving.cents)} cy={base + 12} r="3.4" fill="var(--ink)" />
      <text className={styles.label} x={x(meanSaving.high) + 8} y={base + 16}>
        mean +$3.37, 95 % spans zero
      </text>
      <text
        className={styles.label}
        x={x(-2688) - 12}
        y={base - 32}
        textAnchor="end"
        style={{ fill: 'var(--rejected)' }}
      >
        dearer on 36
      </text>
      <text
        className={styles.label}
        x={x(9200)}
        y={base - 32}
        textAnchor="middle"
        style={{ fill: 'var(--accepted)' }}
      >
        cheaper on 14
      </text>
      {(
        [
          [-5000, '−$50'],
          [0, '$0'],
          [5000, '+$50'],
          [10000, '+$100'],
          [15000, '+$150'],
        ] as const
      ).map(([cents, words]) => (
        <text key={words} x={x(cents)} y={HEIGHT - 4} textAnchor="middle">
          {words}
        </text>
      ))}
    </>
  );
}

function Balances() {
  const last = balances.ALPINE.length - 1;
  const right = WIDTH - 74;
  const x = scale(0, last, 44, right);
  const y = scale(-50000, 160000, HEIGHT - 18, 8);
  const banks = [
    ['ALPINE', AGENT_1, '$23.62'],
    ['CELTIC', AGENT_2, '$1,481.78'],
  ] as const;
  return (
    <>
      <Grid
        y={y}
        left={44}
        lines={[
          [0, '$0'],
          [50000, '$500'],
          [100000, '$1,000'],
          [150000, '$1,500'],
        ]}
      />
      <line className={styles.cursor} x1={x(last)} x2={x(last)} y1="4" y2={HEIGHT - 16} />
      {banks.map(([bank, colour, words]) => {
        const cents = balances[bank][last] ?? 0;
        return (
          <g key={bank}>
            <path className={styles.line} d={lineThrough(balances[bank], x, y)} stroke={colour} />
            <circle cx={x(last)} cy={y(cents)} r="3.4" fill={colour} />
            <text className={styles.label} x={right + 8} y={y(cents) + 4} style={{ fill: colour }}>
              {words}
            </text>
          </g>
        );
      })}
      <text x={44} y={HEIGHT - 2}>
        tick 0
      </text>
      <text x={x(last)} y={HEIGHT - 2} textAnchor="middle">
        tick {last}
      </text>
    </>
  );
}
