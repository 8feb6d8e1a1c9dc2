/**
 * The kinds of column that models are made of. A column is a zod type that decodes what the database holds
 * into what the program uses and encodes it back; its words and unit are kept in `columnMeta`.
 */
import { z } from 'zod';

import {
  agentId,
  experimentId,
  simulationId,
  type AgentId,
  type ExperimentId,
  type SimulationId,
} from '../lib/ids.ts';
import { isNaiveTime, naiveTime, type NaiveTime } from '../lib/storedTime.ts';
import { cents, type Cents } from '../lib/units.ts';

export interface ColumnMeta {
  /** One sentence for docs/schema.md. */
  readonly description: string;
  readonly unit?: 'cents' | 'ticks' | 'seconds' | 'share' | 'JSON' | 'naive local time';
  /** The column's name where it is not the field's name in snake case. */
  readonly column?: string;
  /** The sequence that numbers the rows when the writer leaves the field out. */
  readonly sequence?: string;
}

export const columnMeta = z.registry<ColumnMeta>();

const isString = (value: unknown): boolean => typeof value === 'string';

export const text = (description: string) => z.string().register(columnMeta, { description });

export const flag = (description: string) => z.boolean().register(columnMeta, { description });

/** A number with a fraction; NaN and infinities are refused. */
export const double = (description: string, unit?: ColumnMeta['unit']) =>
  z.number().register(columnMeta, unit === undefined ? { description } : { description, unit });

/** BIGINT that fits a double exactly: counts, ticks, iterations. */
export const int = (description: string, unit?: ColumnMeta['unit']) =>
  z.int().register(columnMeta, unit === undefined ? { description } : { description, unit });

/** INTEGER, 32 bits. */
export const int32 = (description: string) => z.int32().register(columnMeta, { description });

/** BIGINT with all its digits, not money: seeds. */
export const int64 = (description: string) => z.int64().register(columnMeta, { description });

/** Row number from a sequence; left out when writing, always there when read. */
export const serial = (sequence: string, description: string) =>
  z.int32().register(columnMeta, { description, sequence }).optional();

/**
 * Integer cents in a BIGINT. The field is called `...Cents`, the column has the same name without that
 * ending, unless `column` says otherwise.
 */
export const money = (description: string, column?: string) =>
  z
    .codec(
      z.int64(),
      z.custom<Cents>((value) => typeof value === 'bigint'),
      { decode: (value) => cents(value), encode: (value) => value },
    )
    .register(columnMeta, {
      description,
      unit: 'cents',
      ...(column === undefined ? {} : { column }),
    });

export const oneOf = <const T extends readonly string[]>(values: T, description: string) =>
  z.enum(values).register(columnMeta, { description });

export const experimentRef = (description: string) =>
  z
    .codec(z.string(), z.custom<ExperimentId>(isString), { decode: experimentId, encode: (id) => id })
    .register(columnMeta, { description });

export const simulationRef = (description: string) =>
  z
    .codec(z.string(), z.custom<SimulationId>(isString), { decode: simulationId, encode: (id) => id })
    .register(columnMeta, { description });

export const agentRef = (description: string) =>
  z
    .codec(z.string(), z.custom<AgentId>(isString), { decode: agentId, encode: (id) => id })
    .register(columnMeta, { description });

/** TIMESTAMP without a zone. */
export const timestamp = (description: string) =>
  z
    .codec(z.iso.datetime({ local: true, precision: 6 }), z.custom<NaiveTime>(isNaiveTime), {
      decode: (value) => naiveTime(value),
      encode: (value) => value,
    })
    .register(columnMeta, { description, unit: 'naive local time' });

/** ISO time kept as text, as the reference layout does in the experiment tables. */
export const textTime = (description: string) =>
  z.string().register(columnMeta, { description, unit: 'naive local time' });
