import { useState } from 'react';

import { useSessionState } from '../../data/SessionContext.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { CodeBlock } from '../../ui/CodeBlock.tsx';

/** The address of this view, with a word on what the person who gets it will need. */
export function ShareButton() {
  const { files } = useSessionState();
  const [link, setLink] = useState<string>();
  const local = files.filter((file) => file.source.kind === 'file').map((file) => file.name);
  return (
    <>
      <Button variant="primary" onClick={() => setLink(location.href)}>
        Share
      </Button>
      <Dialog title="Share this view" open={link !== undefined} onClose={() => setLink(undefined)}>
        <p>
          {local.length === 0
            ? 'Whoever opens this link reads the same file from where it lies and sees this view.'
            : `The link holds the view, not the data. Send ${local.join(' and ')} along: the page will ask for it and go on to this view.`}
        </p>
        <CodeBlock label="Link" text={link ?? ''} />
      </Dialog>
    </>
  );
}
