import { useParams } from '@tanstack/react-router';

/** A part of the path by name, decoded. */
export function useParam(name: 'experimentId' | 'iteration' | 'simulationId'): string {
  // The router's types know the names only where the route table is, which screens may not import.
  const params: unknown = useParams({ strict: false });
  return (params as Readonly<Record<string, string | undefined>>)[name] ?? '';
}
