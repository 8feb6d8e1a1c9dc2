import { SamplesStrip } from '../../charts/SamplesStrip.tsx';
import type { AgentIteration } from '../../domain/answers/experiments.ts';
import type { Sample } from '../../domain/experiment/normalised.ts';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import type { GridColumn } from '../../ui/grid/gridColumn.ts';
import { Disclosure } from '../../ui/Disclosure.tsx';
import { LongText } from '../../ui/LongText.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Money } from '../shared/Money.tsx';
import { lostSamples } from '../shared/sampleWords.ts';

const columns: readonly GridColumn<Sample>[] = [
  { id: 'index', header: 'Sample', value: (sample) => sample.index, align: 'end', width: 76 },
  {
    id: 'delta',
    header: 'Saving',
    headerTitle: 'old minus new: positive means that the proposal is cheaper',
    value: (sample) => sample.deltaCents,
    render: (sample) => <Money cents={sample.deltaCents} />,
    align: 'end',
    width: 78,
  },
  {
    id: 'old',
    header: 'Old cost',
    value: (sample) => sample.oldCostCents,
    render: (sample) => <Money cents={sample.oldCostCents} />,
    align: 'end',
    width: 78,
  },
  {
    id: 'new',
    header: 'New cost',
    value: (sample) => sample.newCostCents,
    render: (sample) => <Money cents={sample.newCostCents} />,
    align: 'end',
    width: 78,
  },
  {
    id: 'seed',
    header: 'Seed',
    value: (sample) => sample.seed,
    sortValue: (sample) => BigInt(sample.seed),
    align: 'end',
    width: 78,
  },
];

/** The paired samples behind a verdict: as a strip, and each with its exact costs. */
export function SamplesPanel({ agent }: { agent: AgentIteration }) {
  return (
    <>
      <h3>
        {agent.samples.length} paired {agent.samples.length === 1 ? 'sample' : 'samples'}
      </h3>
      <Unreadable agent={agent} />
      {agent.samples.length > 0 && (
        <SamplesStrip name={`Savings of ${agent.agentId}`} samples={agent.samples} />
      )}
      <DataGrid
        name="Samples"
        columns={columns}
        rows={agent.samples}
        rowKey={(sample) => String(sample.index)}
        emptyText="No sample is stored."
        maxHeight={240}
      />
    </>
  );
}

/** Entries that are no sample, each as stored. */
function Unreadable({ agent: { samples, unreadableSamples: stored } }: { agent: AgentIteration }) {
  if (stored.length === 0) return null;
  return (
    <Notice tone="warning">
      <Disclosure
        summary={`${lostSamples(samples.length, stored.length)}; those that can are drawn, and are not all that was judged.`}
      >
        {stored.map((text, index) => (
          <LongText key={index} what="the sample as stored" text={text} lines={4} />
        ))}
      </Disclosure>
    </Notice>
  );
}
