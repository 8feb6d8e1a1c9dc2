import { verdictStatuses } from '../../charts/verdictStatuses.ts';
import type { Verdict } from '../../domain/experiment/verdict.ts';
import { StatusMark } from '../../ui/StatusMark.tsx';

/** A verdict, and what more there is to say of it. */
export function VerdictMark({ verdict, detail }: { verdict: Verdict; detail?: string | undefined }) {
  return <StatusMark status={verdictStatuses[verdict]}>{detail}</StatusMark>;
}
