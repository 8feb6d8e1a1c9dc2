import { formatCount } from '../../lib/format.ts';
import type { ExperimentDossier, ExperimentSummary, Proposal } from '../../schema/normalised.ts';
import type { Verdict } from '../../schema/verdict.ts';
import { KeyFigures } from '../../ui/KeyFigures.tsx';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { hrefTo, paths } from '../../url/addresses.ts';
import { Money } from '../shared/Money.tsx';
import { formatTenths, savingTenths } from '../shared/numbers.ts';
import { useAddress } from '../shared/useAddress.ts';

interface ResultFiguresProps {
  readonly summary: ExperimentSummary;
  readonly dossier: ExperimentDossier;
}

/** The outcome in five numbers. */
export function ResultFigures({ summary, dossier }: ResultFiguresProps) {
  const { search } = useAddress();
  const kept = search.in === undefined ? {} : { in: search.in };
  const { firstCostCents, finalCostCents, bestCostCents } = summary;
  const saving = savingTenths(firstCostCents, finalCostCents);
  const finalIsBest = finalCostCents !== undefined && finalCostCents === bestCostCents;
  const of = (verdict: Verdict) => dossier.proposals.filter((proposal) => proposal.verdict === verdict);
  const accepted = of('accepted');
  const rejected = of('rejected');
  return (
    <KeyFigures
      label="Outcome"
      actions={
        dossier.proposals.length > 0 && (
          <LinkButton href={hrefTo(paths.experimentDesk(summary.experimentId), search, kept)}>
            Review on the desk
          </LinkButton>
        )
      }
      figures={[
        { value: <Money cents={firstCostCents} />, caption: 'first total' },
        {
          value: <Money cents={finalCostCents} />,
          caption: finalIsBest ? 'final total, also the best' : 'final total',
        },
        ...(finalIsBest ? [] : [{ value: <Money cents={bestCostCents} />, caption: bestWords(summary) }]),
        ...(saving === undefined
          ? []
          : [
              {
                value: formatTenths(-saving),
                caption: saving < 0n ? 'more than the first' : 'saving',
                tone: saving > 0n ? ('good' as const) : undefined,
              },
            ]),
        { value: formatCount(accepted.length), unit: 'accepted', caption: perAgent(dossier, accepted) },
        {
          value: formatCount(rejected.length),
          unit: 'rejected',
          caption: otherWords(
            rejected,
            dossier,
            of('invalid').length,
            of('no_change').length,
            of('pending').length,
          ),
        },
      ]}
    />
  );
}

/** Costs of different bootstrap iterations come from different random arrivals (domain.md 9.3). */
function bestWords(summary: ExperimentSummary): string {
  return summary.evaluationMode === 'bootstrap'
    ? 'lowest total (arrivals differ by iteration)'
    : 'best total';
}

function perAgent(dossier: ExperimentDossier, proposals: readonly Proposal[]): string {
  return dossier.agents
    .map((agent) => `${agent} ${proposals.filter((proposal) => proposal.agentId === agent).length}`)
    .join(', ');
}

function otherWords(
  rejected: readonly Proposal[],
  dossier: ExperimentDossier,
  invalid: number,
  unchanged: number,
  pending: number,
): string {
  const others = [
    invalid > 0 ? `${invalid} invalid` : '',
    unchanged > 0 ? `${unchanged} without change` : '',
    pending > 0 ? `${pending} pending` : '',
  ].filter(Boolean);
  return [perAgent(dossier, rejected), ...(others.length > 0 ? [`and ${others.join(', ')}`] : [])].join('; ');
}
