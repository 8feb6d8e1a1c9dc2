import { renderHook } from '@testing-library/react';
import { expect, it } from 'vitest';

import { useSameList } from './useSameList.ts';

it('keeps the list while its items are the same, and takes another when one differs or it goes', () => {
  const [a, b] = [{ name: 'a' }, { name: 'b' }];
  const first = [a, b];
  const { result, rerender } = renderHook<readonly object[] | undefined, { list: object[] | undefined }>(
    ({ list }) => useSameList(list),
    { initialProps: { list: first } },
  );
  rerender({ list: [a, b] });
  expect(result.current).toBe(first);
  const other = [b, a];
  rerender({ list: other });
  expect(result.current).toBe(other);
  rerender({ list: undefined });
  expect(result.current).toBeUndefined();
});
