import { expect, test } from 'vitest';

import { originsOf } from '../domain/policy/history/origins.ts';
import { repeatGroups } from '../domain/policy/history/repeats.ts';
import { agentId, experimentId, fileId } from '../lib/ids.ts';
import type { HistoryEntry } from '../domain/answers/desk.ts';
import { ask } from '../testing/ask.ts';
import { openFixture } from '../testing/openFixture.ts';
import { describeRealFile } from '../testing/realFile.ts';
import { policyHistory } from './policyHistory.ts';

const scope = (experiment: string) => ({ fileId: fileId('f1'), experimentId: experimentId(experiment) });
const fraction = ({ structure }: HistoryEntry) => structure?.parameters.get('initial_liquidity_fraction');
const ofAgent = (entries: readonly HistoryEntry[], agent: string) =>
  entries.filter((entry) => entry.agentId === agent);

describeRealFile('exp1-20251215.db', (path) => {
  test('BANK_B proposes 0.15 again and again; only the names of the nodes differ', async () => {
    const { engine } = await openFixture(path);
    const { entries, inForceByAgent } = await ask(
      engine,
      policyHistory,
      scope('exp1-20251215-084901-866d63'),
    );
    const groups = repeatGroups(ofAgent(entries, 'BANK_B'));
    const lines = groups.map(({ first, again }) => [
      `${first.iteration}: ${fraction(first)} ${first.verdict}`,
      ...again.map(
        ({ entry, similarity }) => `${entry.iteration}: ${fraction(entry)} ${similarity} ${entry.verdict}`,
      ),
    ]);
    expect(lines).toEqual([
      [
        '1: 0.15 rejected',
        '2: 0.1501 nearly rejected',
        '3: 0.15 same rejected',
        '4: 0.15 same rejected',
        '5: 0.15 same rejected',
        '6: 0.15 same rejected',
        '7: 0.151 nearly rejected',
      ],
    ]);
    expect(repeatGroups(ofAgent(entries, 'BANK_A'))).toEqual([]);
    const inForce = inForceByAgent.get(agentId('BANK_A')) ?? [];
    expect(inForce.map((step) => step.iteration)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(inForceByAgent.get(agentId('BANK_B'))?.map((step) => step.iteration)).toEqual([0, 1]);
    const origins = originsOf(inForce.at(-1)?.policy, inForce).map(({ text, since }) => `${text}: ${since}`);
    expect(origins).toContain('initial_liquidity_fraction 11 %: 8');
    expect(origins).toContain('Release: 0');
  });
});

describeRealFile('pairwise.db', (path) => {
  test('what could not be parsed is there without a policy; accepted ones have theirs', async () => {
    const { engine } = await openFixture(path);
    const { entries } = await ask(engine, policyHistory, scope('exp1-20261123-045340-6346bb'));
    const unread = entries.filter(({ structure }) => structure === undefined);
    expect(unread.map(({ verdict }) => verdict)).toEqual([
      'invalid',
      'invalid',
      'invalid',
      'invalid',
      'invalid',
    ]);
    const accepted = entries.filter(({ verdict }) => verdict === 'accepted');
    expect(accepted).toHaveLength(19);
    expect(accepted.every((entry) => fraction(entry) !== undefined)).toBe(true);
  });
});
