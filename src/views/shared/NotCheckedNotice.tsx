import { isLarge, type OpenFile } from '../../data/session/state.ts';
import { Notice } from '../../ui/Notice.tsx';

/** Of a large file: what was not looked for, so that no page looks clean for want of looking. */
export function NotCheckedNotice({ file }: { file: OpenFile }) {
  if (!isLarge(file)) return null;
  return (
    <Notice>
      {file.name} is large: its records are not checked against each other here, nor for values that cannot be
      read. “Count all verdicts” on the list of experiments checks its records.
    </Notice>
  );
}
