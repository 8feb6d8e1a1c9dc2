import ArrowLeft from 'lucide-react/icons/arrow-left';
import ArrowRight from 'lucide-react/icons/arrow-right';

import { formatCount } from '../../../lib/format.ts';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Select } from '../../../ui/Select.tsx';
import { VisuallyHidden } from '../../../ui/VisuallyHidden.tsx';
import { eventTitle } from '../../../domain/events.ts';
import styles from './JumpControls.module.css';
import type { Jump } from './useJump.ts';

/** To the next or previous tick with an event of the chosen kind. */
export function JumpControls({ jump }: { jump: Jump }) {
  const { kind, kinds, setKind, go, said } = jump;
  if (kind === undefined) return null;
  return (
    <div className={styles.jump}>
      <IconButton
        variant="secondary"
        size="small"
        label={`Previous: ${eventTitle(kind)}`}
        shortcut="p"
        icon={<ArrowLeft size={14} aria-hidden />}
        onClick={() => go(-1)}
      />
      <div className={styles.kinds}>
        <Select
          label="Kind of event to go to"
          hideLabel
          value={kind}
          options={[...kinds].map(([type, count]) => ({
            value: type,
            label: `${eventTitle(type)} (${formatCount(count)})`,
          }))}
          onChange={setKind}
        />
      </div>
      <IconButton
        variant="secondary"
        size="small"
        label={`Next: ${eventTitle(kind)}`}
        shortcut="n"
        icon={<ArrowRight size={14} aria-hidden />}
        onClick={() => go(1)}
      />
      {said !== '' && <span className={styles.said}>{said}</span>}
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </div>
  );
}
