import { useId, useState, type SubmitEvent } from 'react';

import { useSession } from '../../data/SessionContext.tsx';
import { readAddress, type AddressReading } from '../../source/readAddress.ts';
import { urlSource } from '../../source/source.ts';
import { Button } from '../../ui/Button.tsx';
import { CodeBlock } from '../../ui/CodeBlock.tsx';
import { openFilePicker } from '../../ui/filePicker.ts';
import { Notice } from '../../ui/Notice.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './OpenByAddress.module.css';

/** A database on a web server, read by byte ranges; of anything else that is written here, what is possible. */
export function OpenByAddress() {
  const session = useSession();
  const [address, setAddress] = useState('');
  const [told, setTold] = useState<Extract<AddressReading, { why: string }>>();
  const toldId = useId();
  const open = (url: string): void => {
    setTold(undefined);
    setAddress(url);
    void session.open([urlSource(url)]);
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const reading = readAddress(address);
    if (reading === undefined) return;
    if (reading.kind === 'url') {
      open(reading.url);
      return;
    }
    if (reading.kind === 'several') {
      setTold(undefined);
      void session.open(reading.urls.map(urlSource));
      return;
    }
    setTold(reading);
    // What was written may hold a password: it is not shown again.
    if (reading.kind === 'instead') setAddress(reading.url);
  };
  return (
    <>
      <form className={styles.form} onSubmit={submit}>
        <TextField
          label="Or from an address"
          value={address}
          onChange={(text) => {
            setAddress(text);
            setTold(undefined);
          }}
          placeholder="https://…/results.duckdb"
        />
        <Button type="submit" disabled={address.trim() === ''}>
          Read
        </Button>
      </form>
      {told !== undefined && (
        <div className={styles.told}>
          <Notice
            tone="warning"
            live
            actions={
              told.kind === 'instead' ? (
                <Button aria-describedby={toldId} onClick={() => open(told.url)}>
                  {new URL(told.url).protocol === 'https:'
                    ? 'Open the https address'
                    : 'Open the http address'}
                </Button>
              ) : (
                <Button onClick={openFilePicker}>Choose files</Button>
              )
            }
          >
            <span id={toldId}>
              {told.why} {told.kind === 'instead' && <code>{told.url}</code>}
            </span>
          </Notice>
          {told.kind === 'no' && told.command !== undefined && (
            <CodeBlock label="In the folder of Iterscope" text={told.command} />
          )}
        </div>
      )}
    </>
  );
}
