declare const brand: unique symbol;

/** A value of type `T` that only the functions which make a `Name` may produce. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
