import { useSession } from '../../data/SessionContext.tsx';
import { useSamples } from '../../data/useSamples.ts';
import { formatBytes } from '../../lib/format.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './Samples.module.css';

/** Experiments of our own laboratory, for a first look. */
export function Samples() {
  const session = useSession();
  return useSamples().map(({ title, byteCount, source }) => (
    <p key={source.url} className={styles.sample}>
      <Button onClick={() => void session.open([source])}>Open the sample</Button> {title} (
      {formatBytes(byteCount)}).
    </p>
  ));
}
