/** What a `Range` header asks of a file of a given size; `last` is inclusive, as in the header. */
export type RangeAnswer =
  | { readonly kind: 'whole' }
  | { readonly kind: 'part'; readonly first: number; readonly last: number }
  | { readonly kind: 'unsatisfiable' };

const whole: RangeAnswer = { kind: 'whole' };
const unsatisfiable: RangeAnswer = { kind: 'unsatisfiable' };

/**
 * Reads `bytes=first-last`, `bytes=first-` and `bytes=-suffix` (RFC 9110, 14.1.2). What is not one valid range of
 * bytes is ignored, as the RFC allows: several ranges, another unit, nonsense.
 */
export function parseRange(header: string | undefined, sizeBytes: number): RangeAnswer {
  const found = /^\s*bytes\s*=\s*(\d*)-(\d*)\s*$/i.exec(header ?? '');
  const [, firstText = '', lastText = ''] = found ?? [];
  if (firstText === '' && lastText === '') return whole;
  if (firstText === '') {
    const suffixBytes = Math.min(Number(lastText), sizeBytes);
    if (suffixBytes === 0) return unsatisfiable;
    return { kind: 'part', first: sizeBytes - suffixBytes, last: sizeBytes - 1 };
  }
  const first = Number(firstText);
  const asked = lastText === '' ? sizeBytes - 1 : Number(lastText);
  if (lastText !== '' && asked < first) return whole;
  if (first >= sizeBytes) return unsatisfiable;
  return { kind: 'part', first, last: Math.min(asked, sizeBytes - 1) };
}
