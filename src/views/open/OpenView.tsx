import { useSessionState } from '../../data/SessionContext.tsx';
import { openFilePicker } from '../../ui/filePicker.ts';
import { Button } from '../../ui/Button.tsx';
import { useAddress } from '../shared/useAddress.ts';
import { useTitle } from '../shared/useTitle.ts';
import { missingFiles } from './missingFiles.ts';
import { OpenByAddress } from './OpenByAddress.tsx';
import { Samples } from './Samples.tsx';
import { OpenFilesGrid } from './OpenFilesGrid.tsx';
import styles from './OpenView.module.css';

/** The way in: files, an address, and what a link still waits for. */
export function OpenView() {
  useTitle('Open');
  const { files } = useSessionState();
  const { path, search } = useAddress();
  const missing = missingFiles(search.db ?? [], files);
  return (
    <div className={styles.page}>
      <section className={styles.drop} aria-labelledby="open-title">
        {missing.length > 0 ? (
          <>
            <h1 id="open-title">This link needs {missing.map((file) => file.name).join(' and ')}</h1>
            <p>
              The file stays on your machine and is not in the link. Drop it anywhere on this page, or choose
              it
              {path === '/' ? '.' : ', and the view opens.'}
            </p>
          </>
        ) : (
          <>
            <h1 id="open-title">Open an experiment database</h1>
            <p>
              Drop DuckDB files of policy-optimisation experiments anywhere on this page, each with its{' '}
              <code>.wal</code> if it has one. They are read in this browser: nothing is uploaded, nothing is
              written.
            </p>
          </>
        )}
        <Button variant="primary" onClick={openFilePicker}>
          Choose files
        </Button>
        <OpenByAddress />
        <Samples />
      </section>
      {files.length > 0 && <OpenFilesGrid files={files} />}
    </div>
  );
}
