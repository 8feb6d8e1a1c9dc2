import { useState, type SubmitEvent } from 'react';

import { useSession } from '../../data/SessionContext.tsx';
import { urlSource } from '../../source/source.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './OpenByAddress.module.css';

/** A database on a web server, read by byte ranges. */
export function OpenByAddress() {
  const session = useSession();
  const [address, setAddress] = useState('');
  const usable = URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (usable) void session.open([urlSource(address)]);
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextField
        label="Or from an address"
        value={address}
        onChange={setAddress}
        placeholder="https://…/results.duckdb"
      />
      <Button type="submit" disabled={!usable}>
        Read
      </Button>
    </form>
  );
}
