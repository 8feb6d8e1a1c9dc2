import { useSession } from '../../data/SessionContext.tsx';
import { filePickerId } from '../../ui/filePicker.ts';
import styles from './FilePicker.module.css';

/** The one file input of the page; buttons and the `o` key press it. */
export function FilePicker() {
  const session = useSession();
  return (
    <input
      id={filePickerId}
      className={styles.input}
      type="file"
      multiple
      aria-label="Open database files"
      tabIndex={-1}
      // The system's dialog opens, and somebody chooses: time enough to start an engine.
      onClick={() => session.expectFiles()}
      onChange={(event) => {
        const files = [...(event.currentTarget.files ?? [])];
        // Choosing the same file again must be a change again: it may have been written to since.
        event.currentTarget.value = '';
        void session.openFiles(files);
      }}
    />
  );
}
