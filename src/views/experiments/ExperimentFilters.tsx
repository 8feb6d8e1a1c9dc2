import { experimentStatuses } from '../../domain/experiment/status.ts';
import { SearchField } from '../../ui/SearchField.tsx';
import { Select } from '../../ui/Select.tsx';
import { useAddress } from '../shared/useAddress.ts';
import { statusWords } from '../shared/words.ts';
import { listFields } from './fields.ts';

const statusChoices = [
  { value: '', label: 'Any status' },
  ...experimentStatuses.map((status) => ({ value: status, label: statusWords[status] })),
];

/** What is looked for lives in the address, so that a link shows the same list. */
export function ExperimentFilters() {
  const { search, patch } = useAddress(listFields);
  return (
    <>
      <Select
        label="Status"
        hideLabel
        value={search.status ?? ''}
        options={statusChoices}
        onChange={(value) => patch({ status: experimentStatuses.find((status) => status === value) })}
      />
      <SearchField
        label="Search experiments"
        value={search.q ?? ''}
        onChange={(q) => patch({ q: q === '' ? undefined : q })}
      />
    </>
  );
}
