import { expect, it } from 'vitest';

import { currentFormat, missingSteps, upgrade, type AddressFormat } from './search.ts';

/** As a third version might be: `bank` became `agent`, then `log=1` became `scale=log`. */
const third: AddressFormat = {
  version: 3,
  upgraders: new Map([
    [2, (params) => new URLSearchParams(params.toString().replace('bank=', 'agent='))],
    [3, (params) => new URLSearchParams(params.toString().replace('log=1', 'scale=log'))],
  ]),
};
const read = (text: string, format?: AddressFormat): string =>
  upgrade(new URLSearchParams(text), format).params.toString();

it('there is a step between any two versions: links of before are read as they were meant', () => {
  expect(missingSteps(currentFormat)).toEqual([]);
});

it('a step that nobody wrote is found', () => {
  expect(missingSteps(third)).toEqual([]);
  expect(missingSteps({ ...third, version: 5 })).toEqual([4, 5]);
  expect(missingSteps({ version: 3, upgraders: new Map([...third.upgraders].slice(1)) })).toEqual([2]);
});

it('a link is taken up one step at a time, from where it stands', () => {
  expect(read('bank=A&log=1&v=1', third)).toBe('agent=A&scale=log&v=1');
  expect(read('bank=A&log=1&v=2', third)).toBe('bank=A&scale=log&v=2');
  expect(read('bank=A&log=1&v=3', third)).toBe('bank=A&log=1&v=3');
});

it('without a version, or with one that is no number, it is read as today’s; a newer one is read and said', () => {
  expect(read('bank=A', third)).toBe('bank=A');
  expect(read('bank=A&v=x', third)).toBe('bank=A&v=x');
  const newer = upgrade(new URLSearchParams('agent=A&v=4'), third);
  expect(newer.params.get('agent')).toBe('A');
  expect(newer.problem).toContain('newer Iterscope');
});
