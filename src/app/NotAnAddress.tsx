import { Alert } from '../ui/Alert.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import { hrefTo } from '../url/addresses.ts';
import { useAddress } from '../views/shared/useAddress.ts';

export function NotAnAddress() {
  const { search } = useAddress();
  return (
    <Alert
      code="not-found"
      title="This address leads to no screen"
      what="The link may be mistyped, or made by a newer Iterscope."
      actions={<LinkButton href={hrefTo('/experiments', search)}>All experiments</LinkButton>}
    />
  );
}
