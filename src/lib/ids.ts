import type { Brand } from './units.ts';

/** Key of an open file in this session (`f1`, `f2`, ...); never stored, never in a link. */
export type FileId = Brand<string, 'FileId'>;
export type ExperimentId = Brand<string, 'ExperimentId'>;
export type SimulationId = Brand<string, 'SimulationId'>;
export type AgentId = Brand<string, 'AgentId'>;

export const fileId = (text: string): FileId => text as FileId;
export const experimentId = (text: string): ExperimentId => text as ExperimentId;
export const simulationId = (text: string): SimulationId => text as SimulationId;
export const agentId = (text: string): AgentId => text as AgentId;

/** Why a simulation was run (domain.md 8). */
export const runPurposes = ['standalone', 'initial', 'bootstrap', 'evaluation', 'best', 'final'] as const;
export type RunPurpose = (typeof runPurposes)[number];

export interface StructuredSimulationId {
  readonly experimentId: ExperimentId;
  readonly iteration: number;
  readonly purpose: RunPurpose;
  readonly sample?: number;
}

/** Greedy: the last `-iter<n>-<purpose>` wins, so an experiment id may itself contain one (domain.md 4.1). */
const structured =
  /^(?<exp>.+)-iter(?<iter>[0-9]+)-(?<purpose>standalone|initial|bootstrap|evaluation|best|final)(?:-sample(?<sample>[0-9]+))?$/;

/** `{experiment_id}-iter{N}-{purpose}[-sample{M}]`; the sample is written for purpose `bootstrap` only. */
export function formatSimulationId(parts: StructuredSimulationId): SimulationId {
  const { experimentId: exp, iteration, purpose, sample } = parts;
  const suffix = purpose === 'bootstrap' && sample !== undefined ? `-sample${sample}` : '';
  return simulationId(`${exp}-iter${iteration}-${purpose}${suffix}`);
}

/** The parts of a structured id, or undefined: a hand-named run may look like one, so columns go first. */
export function parseSimulationId(text: string): StructuredSimulationId | undefined {
  const groups = structured.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const purpose = runPurposes.find((known) => known === groups.purpose);
  if (purpose === undefined || groups.exp === undefined) return undefined;
  const base = { experimentId: experimentId(groups.exp), iteration: Number(groups.iter), purpose };
  return groups.sample === undefined ? base : { ...base, sample: Number(groups.sample) };
}
