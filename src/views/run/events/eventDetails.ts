/** Reads the fields of an event's details; what is missing or of another kind is undefined. */
import { liquidityFraction, parameterText } from '../../../domain/policy/parameters.ts';
import { formatCount, formatMoney } from '../../../lib/format.ts';
import { formatJson, isJsonObject, parseJson, type Json, type JsonObject } from '../../../lib/json.ts';
import { cents, type Cents } from '../../../lib/units.ts';

/** Details as an object; undefined where the text is not one. */
export function parseDetails(text: string): JsonObject | undefined {
  const parsed = parseJson(text);
  return parsed.ok && isJsonObject(parsed.value) ? parsed.value : undefined;
}

/** Words that are only said where their value is there. */
export function say(before: string, value: string | undefined, after = ''): string | undefined {
  return value === undefined ? undefined : `${before}${value}${after}`;
}

export class Details {
  readonly #fields: JsonObject;

  constructor(fields: JsonObject) {
    this.#fields = fields;
  }

  /** The first of some keys that holds a text. */
  text(...keys: readonly string[]): string | undefined {
    return this.#first(keys, (value) => (typeof value === 'string' && value !== '' ? value : undefined));
  }

  /** A whole number as text. */
  count(...keys: readonly string[]): string | undefined {
    return this.#first(keys, (value) => {
      if (typeof value === 'bigint') return value.toString();
      return typeof value === 'number'
        ? Number.isInteger(value)
          ? formatCount(value)
          : String(value)
        : undefined;
    });
  }

  /** The liquidity fraction of the policy, in percent. */
  percent(key: string): string | undefined {
    return this.#first([key], (value) =>
      typeof value === 'number' ? parameterText(liquidityFraction, value) : undefined,
    );
  }

  /** A tick, without separators, as everywhere else. */
  tick(...keys: readonly string[]): string | undefined {
    return this.#first(keys, (value) => (typeof value === 'number' ? String(value) : undefined));
  }

  cents(...keys: readonly string[]): Cents | undefined {
    return this.#first(keys, (value) => {
      if (typeof value === 'bigint') return cents(value);
      return typeof value === 'number' && Number.isSafeInteger(value) ? cents(value) : undefined;
    });
  }

  money(...keys: readonly string[]): string | undefined {
    const found = this.cents(...keys);
    return found === undefined ? undefined : formatMoney(found);
  }

  /** A number as stored, or what is stored in its place; undefined where nothing is. */
  stored(key: string): string | undefined {
    const value = this.#fields[key];
    if (value === undefined || value === null) return undefined;
    return this.count(key) ?? (typeof value === 'string' ? value : formatJson(value));
  }

  /** What is stored as an amount and is none, in words. */
  noMoney(key: string): string | undefined {
    return this.cents(key) === undefined ? say('stored as ', this.stored(key)) : undefined;
  }

  texts(key: string): readonly string[] {
    const value = this.#fields[key];
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
  }

  truth(key: string): boolean {
    return this.#fields[key] === true;
  }

  object(key: string): Details {
    const value = this.#fields[key];
    return new Details(isJsonObject(value) ? value : {});
  }

  /** JSON text inside the JSON. */
  nested(key: string): Details {
    const text = this.text(key);
    return new Details((text === undefined ? undefined : parseDetails(text)) ?? {});
  }

  #first<T>(keys: readonly string[], read: (value: Json | undefined) => T | undefined): T | undefined {
    for (const key of keys) {
      const found = read(this.#fields[key]);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

/** The engine's reasons are its debug form (domain.md 7.2); what is not known stands as stored. */
const known: Readonly<Record<string, string>> = {
  InsufficientLiquidity: 'too little liquidity',
  AwaitingInflows: 'awaits inflows',
  LowPriority: 'low priority',
  BudgetExhausted: 'budget exhausted',
  'Expired deadline': 'deadline expired',
  UrgentLiquidityNeed: 'urgent need of liquidity',
  PreemptivePosting: 'posted ahead of need',
  LiquidityRestored: 'liquidity restored',
  EndOfDayCleanup: 'end of day',
  DeadlineEmergency: 'deadline near',
  CostOptimization: 'to save cost',
  policy_action: 'by the policy',
  eod_reset: 'reset at the end of the day',
  liquidity_available: 'liquidity available',
};
const custom = /^Custom\("(.*)"\)$/s;
const nearDeadline = /^NearDeadline \{ ticks_remaining: (\d+) \}$/;

export function reasonWords(reason: string | undefined): string | undefined {
  if (reason === undefined) return undefined;
  const ticks = nearDeadline.exec(reason)?.[1];
  if (ticks !== undefined) return `deadline near: ${ticks} ticks`;
  return known[reason] ?? custom.exec(reason)?.[1] ?? reason;
}
