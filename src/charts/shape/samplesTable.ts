import { formatMoney } from '../../lib/format.ts';
import type { Sample } from '../../domain/experiment/normalised.ts';
import type { Cents } from '../../lib/units.ts';
import type { GridColumn } from '../../ui/grid/gridColumn.ts';

function money(id: string, header: string, of: (sample: Sample) => Cents): GridColumn<Sample> {
  return { id, header, align: 'end', width: 96, value: of, render: (sample) => formatMoney(of(sample)) };
}

/** The strip's numbers, one sample a row; money as integer cents to sort and copy. */
export const sampleColumns: readonly GridColumn<Sample>[] = [
  { id: 'index', header: 'Sample', align: 'end', width: 72, value: (sample) => sample.index },
  {
    id: 'seed',
    header: 'Seed',
    align: 'end',
    width: 104,
    value: (sample) => sample.seed,
    sortValue: (sample) => BigInt(sample.seed),
  },
  money('old', 'Old cost', (sample) => sample.oldCostCents),
  money('new', 'New cost', (sample) => sample.newCostCents),
  money('delta', 'Saving', (sample) => sample.deltaCents),
];
