import { afterAll, beforeAll, expect, test } from 'vitest';

import { closeBlockingEngines } from '../../engine/wasm/blockingEngine.ts';
import { savingOf } from '../../domain/experiment/saving.ts';
import { simulationId } from '../../lib/ids.ts';
import { sql } from '../../lib/sql.ts';
import type { QueryEngine } from '../query.ts';
import { deskQueue } from '../deskQueue.ts';
import { experimentDetail } from '../experimentDetail.ts';
import { experimentList } from '../experimentList.ts';
import { proposalDetail } from '../iterationDetail.ts';
import { proposedBefore } from '../policyHistory.ts';
import { paymentPage } from '../run/runPayments.ts';
import { tickState } from '../run/tickState.ts';
import { runSummary } from '../runSummary.ts';
import { firstFile } from '../../testing/openFixture.ts';
import { openOwn, problemOf, resultsOf, rowsOf } from '../../testing/ownRows.ts';
import { describeRealFile } from '../../testing/realFile.ts';
import { listedCosts } from '../../domain/costs.ts';
import type { OwnSql } from './ownSql.ts';
import { readyQuestions } from './questions.ts';

afterAll(closeBlockingEngines);

describeRealFile('bootstrap.db', (path) => {
  let own: OwnSql;
  let asking: QueryEngine;
  beforeAll(async () => {
    ({ own, asking } = await openOwn(path, 'bootstrap.db'));
  });

  test('proposals are those of the desk, with verdict, miss and repeats', async () => {
    const rows = await rowsOf(own, 'FROM proposals');
    const desk = await asking.ask(deskQueue.about(firstFile));
    const repeats = await asking.ask(proposedBefore.about(firstFile));
    const expected = desk.flatMap(({ experimentId: id, entries }) =>
      entries.map(({ proposal, kind, miss }) => [
        id,
        proposal.iteration,
        proposal.agentId,
        proposal.verdict,
        kind,
        proposal.verdictSource,
        proposal.reason,
        proposal.oldCostCents,
        proposal.newCostCents,
        savingOf(proposal)?.cents,
        miss?.distance,
        repeats.find(
          (one) =>
            one.experimentId === id &&
            one.iteration === proposal.iteration &&
            one.agentId === proposal.agentId,
        )?.times,
      ]),
    );
    expect(expected.length).toBeGreaterThan(5);
    expect(
      rows.map((row) =>
        [
          'experiment_id',
          'iteration',
          'agent_id',
          'verdict',
          'kind',
          'verdict_source',
          'reason',
          'old_cost_cents',
          'new_cost_cents',
          'saving_cents',
          'miss',
          'repeats',
        ].map((column) => row[column]),
      ),
    ).toEqual(expected);
  });

  test('samples are those of each proposal', async () => {
    const expected: unknown[] = [];
    const [, second] = await asking.ask(deskQueue.about(firstFile));
    for (const { experimentId: id, entries } of second === undefined ? [] : [second]) {
      for (const { proposal } of entries) {
        const { iteration, agentId } = proposal;
        const detail = await asking.ask(
          proposalDetail.about({ ...firstFile, experimentId: id, iteration, agentId }),
        );
        for (const one of detail?.samples ?? [])
          expected.push([
            id,
            iteration,
            agentId,
            one.index,
            one.seed,
            one.oldCostCents,
            one.newCostCents,
            one.deltaCents,
          ]);
      }
    }
    expect(expected.length).toBeGreaterThan(20);
    const rows = await rowsOf(
      own,
      `FROM samples WHERE experiment_id = '${String(second?.experimentId)}' ORDER BY iteration, agent_id, sample`,
    );
    const columns = [
      'experiment_id',
      'iteration',
      'agent_id',
      'sample',
      'seed',
      'old_cost_cents',
      'new_cost_cents',
      'saving_cents',
    ];
    expect(rows.map((row) => columns.map((column) => row[column]))).toEqual(expected);
  });

  test('costs, parameters and links of runs are those of the experiment page', async () => {
    for (const { experimentId: id } of await asking.ask(experimentList.about(firstFile))) {
      const detail = await asking.ask(experimentDetail.about({ ...firstFile, experimentId: id }));
      const ofIt = `WHERE experiment_id = '${id}'`;
      const costs = await rowsOf(own, `FROM costs ${ofIt}`);
      expect(costs.map((row) => [row.iteration, row.agent_id, row.cost_cents, row.total_cents])).toEqual(
        detail?.iterations.flatMap(({ iteration, costsCents, totalCents }) =>
          [...costsCents].map(([agent, cost]) => [iteration, agent, cost, totalCents]),
        ),
      );
      const inForce = detail?.iterations.flatMap(({ iteration, parameters }) =>
        [...parameters].flatMap(([agent, found]) => [...found].map((one) => [iteration, agent, ...one])),
      );
      const columns = ['iteration', 'agent_id', 'parameter', 'value'];
      const pick = (row: Readonly<Record<string, unknown>>) => columns.map((column) => row[column]);
      expect((await rowsOf(own, `FROM iteration_parameters ${ofIt}`)).map(pick)).toEqual(inForce);
      expect((await rowsOf(own, `FROM policy_parameters ${ofIt} AND policy = 'in force'`)).map(pick)).toEqual(
        inForce,
      );
      expect((await rowsOf(own, `FROM policy_parameters ${ofIt} AND policy = 'proposed'`)).map(pick)).toEqual(
        detail?.proposals.flatMap(({ iteration, agentId, parameters }) =>
          [...parameters].map((one) => [iteration, agentId, ...one]),
        ),
      );
      const links = await rowsOf(own, `FROM run_links ${ofIt}`);
      expect(links.map((row) => [row.simulation_id, row.iteration, row.linked_by, row.seed])).toEqual(
        detail?.runs.map((run) => [run.simulationId, run.iteration, run.linkedBy, run.seed]),
      );
    }
  });

  test('every ready question is answered; where many runs are stored, one is to be named', async () => {
    for (const { text } of readyQuestions) {
      if (!/FROM (?:agent_ticks|payments)/.test(text)) expect(await resultsOf(own, text)).toHaveLength(1);
      else expect((await problemOf(own, text)).plain).toMatch(/^Which run\? .* simulation_id = '[^']+'/);
    }
  });

  test('raw tables stand under the name of the file, JSON as text', async () => {
    const [row] = await rowsOf(
      own,
      'SELECT count(*) AS n, max(typeof(config)) AS type FROM bootstrap.experiments',
    );
    const stored = await rowsOf(own, 'SELECT count(*) AS n FROM experiments');
    expect(row).toEqual({ n: stored[0]?.n, type: 'VARCHAR' });
  });

  test('macros read flat objects, exactly, and say nothing of others', async () => {
    const [row] = await rowsOf(
      own,
      `SELECT flat_number('{"a": -1.5e2, "b": 2}', 'a') AS number, flat_integer('{"n": 9223372036854775807}', 'n') AS integer,
        flat_text('{"a": "x \\" y", "b": "z"}', 'a') AS text, flat_keys('{"a": 1, "b.c": "x"}') AS keys,
        flat_integer('{"n": {"a": 5}}', 'a') AS nested, flat_number('{"ab": 1}', 'a') AS other,
        flat_integer('{"n": 1.5}', 'n') AS fraction`,
    );
    expect(row).toEqual({
      number: -150,
      integer: 9_223_372_036_854_775_807n,
      text: 'x \\" y',
      keys: '[a, b.c]',
      nested: undefined,
      other: undefined,
      fraction: undefined,
    });
  });

  test('several statements are run one after the other; types are exact', async () => {
    const found = await resultsOf(
      own,
      `SELECT 1 AS a; SELECT sum(cost_cents) AS total, DATE '2025-12-15' AS day FROM costs; EXPLAIN SELECT 1; SUMMARIZE costs; SHOW TABLES`,
    );
    expect(
      found.map(({ columns }) => columns.map(({ name, type }) => `${name} ${type}`).slice(0, 2)),
    ).toEqual([
      ['a INTEGER'],
      ['total HUGEINT', 'day DATE'],
      ['plan VARCHAR'],
      ['column_name VARCHAR', 'column_type VARCHAR'],
      ['name VARCHAR'],
    ]);
    const [row] = await rowsOf(
      own,
      `SELECT 170141183460469231731687303715884105727::HUGEINT AS h, 1.10::DECIMAL(4, 2) AS d`,
    );
    expect(row).toEqual({ h: '170141183460469231731687303715884105727', d: '1.10' });
  });

  test('a result is sorted in the engine, NULL last', async () => {
    const [result] = await resultsOf(own, `SELECT * FROM (VALUES (2), (NULL), (10), (1)) v(n)`);
    if (result === undefined) throw new Error('no result');
    const order = async (descending: boolean) => {
      const table = await own.sorted(result, 0, descending);
      const rows = await own.engine.query(sql`SELECT n FROM ${table} ORDER BY rowid`);
      return [0, 1, 2, 3].map((row) => rows.cell(0, row));
    };
    expect(await order(false)).toEqual([1, 2, 10, null]);
    expect(await order(true)).toEqual([10, 2, 1, null]);
  });

  test.each([
    ['SELECT 1;\nSELECT foo\nFROM proposals', 2, 8, 'foo', 'There is no column foo here.'],
    ['SELECT *\n  FROM proposal', 2, 8, 'proposal', 'There is no table proposal. Is proposals meant?'],
    ['SELECT a FRM b', 1, 14, 'b', 'The statement cannot be understood from “b” on.'],
    ['SELECT nosuch(1)', 1, 8, 'nosuch', 'There is no function nosuch.'],
    ['SELECT 1 +', 1, 11, '', 'The statement ends too soon.'],
    ['SELECT 1;\nSELECT *\nFROM proposals WHERE ; -- all', 3, 21, '', 'The statement ends too soon.'],
    ['EXPLAIN SELECT 1 +', 1, 19, '', 'The statement ends too soon.'],
    ['SELECT * FROM (SELECT 1 +)', 1, 26, ')', 'The statement cannot be understood from “)” on.'],
    [
      "SELECT config->'x' FROM experiments",
      1,
      1,
      'SELECT',
      'The engine of the browser has no JSON functions',
    ],
    [
      'SELECT config::JSON FROM experiments',
      1,
      1,
      'SELECT',
      'The engine of the browser has no JSON functions',
    ],
    [
      'SELECT iteration, count(*) FROM costs GROUP BY agent_id',
      1,
      8,
      'iteration',
      'iteration has many values',
    ],
    ["SELECT 'x'::INTEGER", 1, 11, ':', "The text 'x' is no INT32"],
    ['SELECT ?', 1, 1, 'SELECT', 'A parameter ($1, ?) has no value here'],
    ["SELECT 'abc", 1, 8, "'abc", 'This text has no end.'],
    ['DROP TABLE costs', 1, 1, 'DROP', 'Files are only read here'],
    ["SELECT 1;\n\n COPY costs TO 'x'", 3, 2, 'COPY', 'Files are only read here'],
  ])('%s: line %i, column %i', async (text, line, column, word, plain) => {
    const problem = await problemOf(own, text);
    expect([problem.line, problem.column]).toEqual([line, column]);
    expect(text.slice(problem.from, problem.to).startsWith(word)).toBe(true);
    expect(problem.plain).toContain(plain);
  });

  test('says where in a long line the engine points', async () => {
    const text = `SELECT ${Array.from({ length: 40 }, (_, i) => `1 AS column_number_${i}`).join(', ')}, nowhere, 2 AS last FROM proposals WHERE iteration > 0 AND agent_id <> 'nobody at all'`;
    const problem = await problemOf(own, text);
    expect(text.slice(problem.from, problem.to)).toBe('nowhere');
  });
});

describeRealFile('replay.db', (path) => {
  test('tables of a run are what its page shows', async () => {
    const { own, asking } = await openOwn(path, 'replay.db');
    const runs = await rowsOf(own, 'SELECT DISTINCT simulation_id FROM agent_ticks ORDER BY 1');
    expect(runs.length).toBeGreaterThan(0);
    for (const { simulation_id: id } of runs.slice(0, 2)) {
      const scope = { ...firstFile, simulationId: simulationId(String(id)) };
      const ticks = await rowsOf(own, `FROM agent_ticks WHERE simulation_id = '${String(id)}' ORDER BY tick`);
      const last = Math.max(...ticks.map(({ tick }) => Number(tick)));
      for (const tick of [Math.floor(last / 2), last]) {
        const state = await tickState.run(asking, { ...scope, tick });
        expect(ticks.filter((row) => row.tick === tick)).toEqual(
          state?.agents.map((agent) => ({
            file_id: 'f1',
            simulation_id: id,
            tick,
            agent_id: agent.agentId,
            balance_cents: agent.balanceCents,
            balance_cents_low: agent.bounds?.balance?.low,
            balance_cents_high: agent.bounds?.balance?.high,
            lowest_so_far_cents: agent.lowestSoFarCents,
            posted_collateral_cents: agent.postedCollateralCents,
            unsecured_cap_cents: agent.unsecuredCapCents,
            queue1_payments: count(agent.queue1?.payments),
            queue1_value_cents: agent.queue1?.valueCents,
            queue2_payments: count(agent.queue2?.payments),
            queue2_value_cents: agent.queue2?.valueCents,
            total_cost_cents: agent.tickCosts?.totalCents,
            ...Object.fromEntries(
              listedCosts.map(({ id: part, column }) => [
                `${column}_cost_cents`,
                agent.tickCosts?.[`${part}Cents`],
              ]),
            ),
            opportunity_cost_cents: agent.tickCosts?.opportunityCents,
          })),
        );
      }
      const page = await paymentPage.run(asking, {
        ...scope,
        filter: {},
        offset: 0,
        limit: 100_000,
      });
      const payments = await rowsOf(own, `FROM payments WHERE simulation_id = '${String(id)}'`);
      const plain = (row: Readonly<Record<string, unknown>>) =>
        [
          row.tx_id,
          row.sender_id,
          row.amount_cents,
          row.status,
          row.settlement_tick,
          row.delay_ticks,
          row.settled_by,
        ].join(' ');
      expect(payments.map(plain).sort()).toEqual(
        page
          .map((one) =>
            [
              one.txId,
              one.sender,
              one.amountCents,
              one.status,
              one.settlementTick,
              one.delayTicks,
              one.settledBy,
            ].join(' '),
          )
          .sort(),
      );
      const summary = await runSummary.run(asking, scope);
      const moved = await rowsOf(
        own,
        `SELECT agent_id, sum(change_cents)::BIGINT AS moved FROM moves WHERE simulation_id = '${String(id)}' GROUP BY 1`,
      );
      for (const { agentId, balances } of summary?.agents ?? []) {
        if (balances === undefined) continue;
        const row = moved.find(({ agent_id: agent }) => agent === agentId);
        expect(row?.moved ?? 0n).toBe(balances.endCents - balances.startCents);
      }
    }
  });
});

const count = (value: number | undefined): bigint | undefined =>
  value === undefined ? undefined : BigInt(value);
