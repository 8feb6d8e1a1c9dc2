import { Alert } from '../ui/Alert.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import { hrefTo } from '../url/addresses.ts';
import { useAddress } from '../views/shared/useAddress.ts';

/** In the place of a screen that threw while it was drawn, or whose script could not be fetched; the bar stays. */
export function ScreenFailed({ error }: { error: unknown }) {
  const { search } = useAddress();
  return (
    <Alert
      code="engine-crashed"
      title="This screen could not be shown"
      what="The fault is in Iterscope or on the way from its server, not in your files. They stay open."
      why={error instanceof Error ? error.message : String(error)}
      wayOut="Reload the page to try again, or go back to the list."
      actions={<LinkButton href={hrefTo('/experiments', search)}>All experiments</LinkButton>}
    />
  );
}
