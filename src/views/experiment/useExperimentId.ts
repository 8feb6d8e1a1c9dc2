import { useParams } from '@tanstack/react-router';

/** The experiment that the address names. */
export function useExperimentId(): string {
  return useParams({ strict: false, select: (params) => params.experimentId ?? '' });
}
