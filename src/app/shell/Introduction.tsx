import { useSession, useSessionState } from '../../data/SessionContext.tsx';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';

/** Says why something is open that nobody opened. */
export function Introduction() {
  const session = useSession();
  const { files, introduced } = useSessionState();
  const [sample] = files;
  if (!introduced || sample === undefined) return null;
  return (
    <Notice
      live
      actions={
        <Button size="small" onClick={() => void session.close(sample.fileId)}>
          Close the sample
        </Button>
      }
    >
      This is the sample: experiments of Iterscope’s own lab. Files that you open take its place.
    </Notice>
  );
}
