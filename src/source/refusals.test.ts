import { expect, it } from 'vitest';

import { isDamage } from './refusals.ts';

it('knows the engine’s words about damage', () => {
  const damaged = [
    'IO Error: Corrupt database file: computed checksum 5381 does not match stored checksum 0 in block at location 12288',
    'Serialization Error: Failed to deserialize: field id mismatch, expected: 100, got: 27',
    'INTERNAL Error: Bitpacking offset is out of range at block "4" - corrupt database file',
    'IO Error: Failed to scan dictionary string - index was out of range. Database file appears to be corrupted.',
    'IO Error: Could not read enough bytes from file "x.db": attempted to read 262144 bytes from location 12288',
  ];
  for (const words of damaged) expect(isDamage(words), words).toBe(true);
});

it('calls nothing damaged whose cause is another, or is not told', () => {
  const others = [
    'Catalog Error: Scalar Function with name "json_extract_string" is not in the catalog',
    'Binder Error: Referenced column "x" not found in FROM clause',
    'INTERNAL Error: Attempted to access index 4 within vector of size 4',
    'NetworkError when attempting to fetch resource',
  ];
  for (const words of others) expect(isDamage(words), words).toBe(false);
});
