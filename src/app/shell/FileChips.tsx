import { useSession, useSessionState } from '../../data/SessionContext.tsx';
import { formatBytes } from '../../lib/format.ts';
import { Chip } from '../../ui/Chip.tsx';
import styles from './FileChips.module.css';

/** The open files; each can be closed. */
export function FileChips() {
  const session = useSession();
  const { files } = useSessionState();
  if (files.length === 0) return null;
  return (
    <ul className={styles.files} aria-label="Open files">
      {files.map((file) => (
        <li key={file.fileId}>
          <Chip
            title={file.source.kind === 'url' ? file.source.url : file.name}
            remove={{ label: `Close ${file.name}`, onRemove: () => void session.close(file.fileId) }}
          >
            <b>{file.name}</b>
            {file.sizeBytes !== undefined && ` ${formatBytes(file.sizeBytes)}`}
            {file.withWal && ' + WAL'}
          </Chip>
        </li>
      ))}
    </ul>
  );
}
