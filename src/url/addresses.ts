/** Where each thing lives (contract: docs/url-format.md). Ids are percent-encoded whole. */
import { formatSearch, keepFiles } from './search.ts';
import type { Search } from './fields.ts';

const id = encodeURIComponent;

export const paths = {
  open: () => '/',
  experiments: () => '/experiments',
  experiment: (experimentId: string) => `/experiments/${id(experimentId)}`,
  iteration: (experimentId: string, k: number) => `/experiments/${id(experimentId)}/iterations/${k}`,
  desk: () => '/proposals',
  experimentDesk: (experimentId: string) => `/experiments/${id(experimentId)}/proposals`,
  policies: (experimentId: string) => `/experiments/${id(experimentId)}/policies`,
  run: (simulationId: string) => `/runs/${id(simulationId)}`,
} as const;

/** A link to `path` in which the open files travel along, and of the rest only what `patch` says. */
export function hrefTo(path: string, current: Search, patch: Search = {}): string {
  return `#${path}${formatSearch(keepFiles(current, patch))}`;
}
