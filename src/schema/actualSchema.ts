/** What a database says about itself. */
export interface ActualColumn {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly hasDefault: boolean;
}

export interface ActualTable {
  readonly name: string;
  readonly columns: readonly ActualColumn[];
  /** Empty where there is none. */
  readonly primaryKey: readonly string[];
  readonly foreignKeys: readonly { readonly columns: readonly string[]; readonly table: string }[];
  readonly indexes: readonly string[];
}

export type ActualSchema = readonly ActualTable[];
