declare const brand: unique symbol;

/** A value of type `T` that only the functions which make a `Name` may produce. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** Money: integer cents, exact over the whole 64-bit range (INV-1). Divide by 100 in the formatter only. */
export type Cents = Brand<bigint, 'Cents'>;

export function cents(value: bigint | number): Cents {
  return BigInt(value) as Cents;
}

export function addCents(a: Cents, b: Cents): Cents {
  return (a + b) as Cents;
}

export function subtractCents(a: Cents, b: Cents): Cents {
  return (a - b) as Cents;
}

/** A pixel position or a ratio may lose digits; money shown as text never comes from this. */
export function centsToPlotNumber(value: Cents): number {
  return Number(value);
}
