import { expect, test } from 'vitest';

import { totals } from '../charts/shape/proposerCurve.ts';
import { moneyWords } from '../charts/ProposerCurve.tsx';
import { experimentId, fileId } from '../lib/ids.ts';
import { ask } from '../testing/ask.ts';
import { openFixture } from '../testing/openFixture.ts';
import { describeRealFile } from '../testing/realFile.ts';
import { experimentDetail } from './experimentDetail.ts';
import { proposerModels } from './exchangeUse.ts';

const scope = (experiment: string) => ({ fileId: fileId('f1'), experimentId: experimentId(experiment) });

describeRealFile('pairwise.db', (path) => {
  test('outcomes and savings of each bank, by one scripted model', async () => {
    const { engine } = await openFixture(path);
    const asked = scope('exp1-20261123-045340-6346bb');
    const detail = await ask(engine, experimentDetail, asked);
    const of = (agent: string) => totals(detail?.proposals.filter(({ agentId }) => agentId === agent) ?? []);
    expect(of('BANK_A').counts).toMatchObject({ accepted: 12, worse: 5, below_floor: 0, invalid: 2 });
    expect(of('BANK_B').counts).toMatchObject({ accepted: 7, worse: 3, below_floor: 6, invalid: 3 });
    // From $50.00 to $0.00 and to $20.00; the same seed throughout, so the steps add up.
    expect(of('BANK_A').money).toMatchObject({ wonCents: 5000n, lostCount: 0, withoutCosts: 0 });
    expect(of('BANK_B').money).toMatchObject({ wonCents: 3000n, withoutCosts: 0 });
    const turns = await ask(engine, proposerModels, asked);
    expect(new Set(turns.map(({ model }) => model))).toEqual(new Set(['scripted:local-search']));
    expect(turns).toHaveLength(38);
  });
});

describeRealFile('exp1-20251215.db', (path) => {
  test('no costs of proposals are recorded, which is said and not counted as nothing', async () => {
    const { engine } = await openFixture(path);
    const detail = await ask(engine, experimentDetail, scope('exp1-20251215-084901-866d63'));
    const { counts, money } = totals(detail?.proposals ?? []);
    expect(counts).toMatchObject({ accepted: 9, unknown: 7, invalid: 0 });
    expect(moneyWords(money)).toBe('The costs of proposals are not recorded, so savings cannot be counted.');
  });
});
