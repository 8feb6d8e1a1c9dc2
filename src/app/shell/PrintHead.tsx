import { useSessionState } from '../../data/SessionContext.tsx';
import { appVersion } from '../../lib/appVersion.ts';
import { decoded } from '../../lib/address.ts';
import { usePrinting } from '../../ui/usePrinting.ts';
import { fingerprintOf } from '../../views/shared/namedFile.ts';
import { useAddress } from '../../views/shared/useAddress.ts';
import styles from './PrintHead.module.css';

/** On paper alone: of which files, which place and which day a print is. */
export function PrintHead() {
  const { files } = useSessionState();
  const { path } = useAddress();
  const printing = usePrinting();
  return (
    <div className={styles.head} aria-hidden>
      <b>Iterscope {appVersion}</b>
      <span>{files.map((file) => `${file.name} (${fingerprintOf(file)})`).join(', ')}</span>
      <span>#{decoded(path) ?? path}</span>
      {/* Of the moment of printing, not of the last change on screen. */}
      <time>
        {printing ? new Date().toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' }) : ''}
      </time>
    </div>
  );
}
