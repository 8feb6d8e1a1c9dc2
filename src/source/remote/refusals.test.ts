import { expect, it } from 'vitest';

import { hasPassword, shownAddress } from './address.ts';
import { noCors, refuseFault, tooLargeWhole } from './refusals.ts';
import { detailOf } from './probe.ts';

const signed = 'https://reader:s3cret@bucket.example/results/a.db?X-Amz-Signature=s1gned';

it('an address is shown without name, password and signature', () => {
  expect(shownAddress(signed)).toBe('https://bucket.example/results/a.db?…');
  expect(shownAddress('s3://bucket/a.db')).toBe('s3://bucket/a.db');
  expect([hasPassword(signed), hasPassword('https://host/a.db'), hasPassword('a.db')]).toEqual([
    true,
    false,
    false,
  ]);
});

it('no refusal holds a secret', () => {
  const refusals = [
    refuseFault(signed, { kind: 'status', status: 403, detail: 'AccessDenied: Request has expired' }),
    refuseFault(signed, { kind: 'changed' }),
    noCors(signed, 'https://app.example'),
    tooLargeWhole(signed, undefined),
  ];
  expect(refusals.map(({ code }) => code)).toEqual(['fetch-failed', 'changed', 'no-cors', 'fetch-failed']);
  expect(JSON.stringify(refusals)).not.toMatch(/s3cret|s1gned|reader/);
});

it('lines to set for each store name the origin of the page', () => {
  const { copy = [] } = noCors(signed, 'https://app.example');
  expect(copy.map(({ text }) => text.includes('https://app.example'))).toEqual([true, true, true, true]);
});

it('what an object store says about a refusal is said', () => {
  expect(
    detailOf('<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Request has\n expired</Message>'),
  ).toBe('AccessDenied: Request has expired');
  expect(detailOf('<html>no</html>')).toBeUndefined();
});
