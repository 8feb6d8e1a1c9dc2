import { useParams } from '@tanstack/react-router';
import type { ComponentType, FunctionComponent } from 'react';

import type { AnyScreen } from '../views/shared/screen.ts';
import { useTitle } from '../views/shared/useTitle.ts';

type Params = Readonly<Record<string, string>>;

/** Fetches a screen. What is drawn takes the names of the path as its properties. Rejects when its script cannot be had. */
export async function screenComponent(screen: AnyScreen): Promise<FunctionComponent> {
  // The router fills the names of this very path.
  const View = (await screen.load()) as ComponentType<Params>;
  const named: { title(params: Params): string } = screen;
  return function ScreenAtAddress() {
    const params: Params = useParams({ strict: false });
    return (
      <>
        {/* Before the view, which may know a better one. */}
        <Title text={named.title(params)} />
        <View {...params} />
      </>
    );
  };
}

function Title({ text }: { text: string }) {
  useTitle(text);
  return null;
}
