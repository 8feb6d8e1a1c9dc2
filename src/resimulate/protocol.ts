/**
 * What the page and its checking worker say to each other. Every request gets one reply, in order; a worker
 * serves one run after the other.
 */
import type { CheckedTable } from '../schema/models/checkedTables.ts';
import type { EventText, Hindrance, RunCheckResult, RunInputs } from '../domain/answers/resimulation.ts';

export type Request =
  | { readonly kind: 'begin'; readonly inputs: RunInputs }
  /** Cells by field, as read; the worker holds them against the model. All of them come before the events. */
  | {
      readonly kind: 'rows';
      readonly table: CheckedTable;
      readonly rows: readonly Readonly<Record<string, unknown>>[];
    }
  | { readonly kind: 'events'; readonly events: readonly EventText[] }
  | { readonly kind: 'end' };

export type Reply =
  | { readonly kind: 'taken' }
  | { readonly kind: 'hindered'; readonly hindrance: Hindrance }
  | { readonly kind: 'result'; readonly result: RunCheckResult }
  /** A bug of ours. */
  | { readonly kind: 'failed'; readonly message: string };
