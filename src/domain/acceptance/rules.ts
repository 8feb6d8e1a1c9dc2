import { parseReason } from './reasons.ts';

/** How a rule's setting became known. */
export type RuleSource = 'configuration' | 'reasons' | 'date' | 'mode';

/** A setting, or that nothing in the file tells it. */
type Setting<T> =
  | { readonly known: true; readonly value: T; readonly from: RuleSource }
  | { readonly known: false };

/** What the rule "statistically significant" tests: the original tests the interval of the new cost (domain.md 6.3). */
type SignificanceTest = 'none' | 'new cost' | 'saving';

/** The acceptance rules of one experiment, as far as its file tells. */
export interface AcceptanceRules {
  /** False in temporal mode: every valid proposal is accepted, nothing is compared. */
  readonly compares: boolean;
  readonly significance: Setting<SignificanceTest>;
  /** Undefined inside the setting: not limited. */
  readonly largestCv: Setting<number | undefined>;
  /** Share of payments that must settle; undefined inside the setting: not applied. */
  readonly settlementFloor: Setting<number | undefined>;
}

/** Acceptance rules that a configuration spells out; the original's never does. */
export interface StoredRules {
  readonly requireSignificance: boolean;
  readonly largestCv: number | undefined;
  readonly settlementFloor: number | undefined;
}

export interface RuleEvidence {
  readonly startedAt: string | undefined;
  readonly mode: string | undefined;
  readonly stored: StoredRules | undefined;
  /** Of all evaluated proposals of the experiment. */
  readonly reasons: Iterable<string>;
}

/** Days on which the original's rules changed (domain.md 6.3). */
const statisticsSince = '2025-12-22';
const floorSince = '2026-02-25';
const originalFloor = 0.95;

/** Which rules an experiment was judged by: its configuration, else its reasons, else its date and mode. */
export function inferRules(evidence: RuleEvidence): AcceptanceRules {
  const { startedAt, mode, stored } = evidence;
  const compares = mode !== 'deterministic-temporal';
  const told = readReasons(evidence.reasons);
  const oldEra = startedAt !== undefined && startedAt < statisticsSince;
  return {
    compares,
    significance:
      stored === undefined
        ? firstKnown<SignificanceTest>(told.significance, oldEra ? byDate('none') : unknown)
        : byConfiguration(stored.requireSignificance ? 'saving' : 'none'),
    largestCv:
      stored === undefined
        ? firstKnown<number | undefined>(told.largestCv, oldEra ? byDate(undefined) : unknown)
        : byConfiguration(stored.largestCv),
    settlementFloor: firstKnown<number | undefined>(
      told.floor,
      // Bootstrap rows carry no rate, so the floor is never applied there.
      mode === 'bootstrap' ? { known: true, value: undefined, from: 'mode' } : unknown,
      stored === undefined ? unknown : byConfiguration(stored.settlementFloor),
      startedAt === undefined ? unknown : byDate(startedAt < floorSince ? undefined : originalFloor),
    ),
  };
}

const unknown: Setting<never> = { known: false };
const byDate = <T>(value: T): Setting<T> => ({ known: true, value, from: 'date' });
const byConfiguration = <T>(value: T): Setting<T> => ({ known: true, value, from: 'configuration' });

function firstKnown<T>(...settings: readonly Setting<T>[]): Setting<T> {
  return settings.find((setting) => setting.known) ?? unknown;
}

interface Told {
  readonly significance: Setting<SignificanceTest>;
  readonly largestCv: Setting<number | undefined>;
  readonly floor: Setting<number | undefined>;
}

/** A passed proposal names every rule that it passed; a rejected one the rule that it failed. */
function readReasons(reasons: Iterable<string>): Told {
  let significance: SignificanceTest | undefined;
  let sawCv = false;
  let largestCv: number | undefined;
  let floor: number | undefined;
  for (const text of new Set(reasons)) {
    const reason = parseReason(text);
    switch (reason?.kind) {
      case 'passed':
        significance = reason.significance ? 'new cost' : (significance ?? 'none');
        sawCv = true;
        largestCv ??= reason.largestCv;
        break;
      case 'worse':
        if (reason.beforeStatistics) {
          significance ??= 'none';
          sawCv = true;
        }
        break;
      case 'not_significant':
        significance = 'new cost';
        break;
      case 'unstable':
        sawCv = true;
        largestCv ??= reason.limit;
        break;
      case 'below_floor':
        floor ??= reason.floor;
        break;
      case undefined:
        break;
    }
  }
  const told = <T>(value: T): Setting<T> => ({ known: true, value, from: 'reasons' });
  return {
    significance: significance === undefined ? unknown : told(significance),
    largestCv: sawCv ? told(largestCv) : unknown,
    floor: floor === undefined ? unknown : told(floor),
  };
}
