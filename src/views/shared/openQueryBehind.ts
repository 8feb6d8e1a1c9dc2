import type { QueryClient, QueryKey } from '@tanstack/react-query';

import { statementsBehind, type AskedFor } from '../../data/asking.ts';
import type { OpenFile } from '../../data/session/state.ts';
import { isAskable, queryBehind, type ShownQuery, type ShownView } from '../../queries/ownTables/behind.ts';
import { formatSearch } from '../../url/search.ts';

interface Behind {
  /** Of the figure or grid; what it catches is an agent. */
  readonly view: RegExp;
  readonly queries: readonly string[];
  readonly tables?: ShownView['tables'];
}

/** By the name of a view: which of the queries on screen it shows, and the tables that hold that. Others show them all. */
const behindViews: readonly Behind[] = [
  { view: /^Unreadable cells$/, queries: ['unreadable'] },
  { view: /^Experiments$/, queries: ['experimentList', 'listDetails', 'listDetailsCheap'] },
  {
    view: /^(?:Iterations|Policy and cost by iteration|One panel each)$/,
    queries: ['experimentDetail'],
    tables: ['costs', 'iteration_parameters', 'proposals'],
  },
  { view: /^Configuration, /, queries: ['experimentFacts'] },
  { view: /^(?:All proposals|Proposals)$/, queries: ['deskQueue', 'iterationDetail'], tables: ['proposals'] },
  {
    view: /^Proposals of (?:all agents|(.+)) by outcome$/,
    queries: ['experimentDetail'],
    tables: ['proposals'],
  },
  { view: /^Savings of (.+)$/, queries: ['iterationDetail', 'proposalDetail'], tables: ['samples'] },
  { view: /^Samples$/, queries: ['iterationDetail'], tables: ['samples'] },
  { view: /^(?:Lineage|Parts of the proposal) of (.+)$/, queries: ['policyHistory'] },
  { view: /^(?:Same or nearly the same|Repeated) proposals$/, queries: ['policyHistory'] },
  { view: /^Simulation runs$/, queries: ['iterationDetail', 'runList'], tables: ['run_links'] },
  { view: /^(?:Saving by|Cost of the search)/, queries: ['experimentDetail', 'proposerModels'] },
  {
    view: /^(?:Agents|Banks|Time series)$/,
    queries: ['runSummary', 'tickState', 'runSeries'],
    tables: ['agent_ticks'],
  },
  { view: /^Running cost gap$/, queries: ['runSeries', 'runTwins'], tables: ['agent_ticks'] },
  { view: /^Events$/, queries: ['eventMatches'] },
  { view: /^Payments$/, queries: ['paymentCount'] },
  { view: /^Why it waited$/, queries: ['paymentLife'] },
  { view: /^(?:Stored per day|Queue 1 at the end of each day)$/, queries: ['runDays'] },
];

interface Asked {
  readonly client: QueryClient;
  readonly files: readonly OpenFile[];
  readonly db: readonly string[] | undefined;
  /** The name of the figure or grid. */
  readonly view: string;
}

/** The address of the SQL editor with the text of the queries behind a view. */
export function hrefOfQueryBehind({ client, files, db, view }: Asked): string {
  const behind = behindViews.find((one) => one.view.test(view));
  const agentId = behind?.view.exec(view)?.[1];
  const queries = client
    .getQueryCache()
    .findAll({ type: 'active' })
    .filter(({ observers }) => observers.some(({ options }) => options.meta?.isAhead?.() !== true))
    .flatMap(({ queryKey }) => shownQuery(client, queryKey) ?? [])
    .filter(({ name }) => behind?.queries.includes(name) ?? isAskable(name))
    .map((query) => (agentId === undefined ? query : { ...query, params: { ...query.params, agentId } }));
  const isAsked = ({ fileId }: OpenFile): boolean =>
    queries.some(({ params }) => JSON.stringify(params).includes(`"${fileId}"`));
  const text = queryBehind({
    screen: document.title.replace(/ · Iterscope$/, ''),
    view,
    files: files.filter(isAsked),
    queries,
    tables: behind?.tables,
  });
  return `#/sql${formatSearch({ db, q: text })}`;
}

function shownQuery(client: QueryClient, key: QueryKey): ShownQuery | undefined {
  const [name, , params] = key;
  if (typeof name !== 'string' || typeof params !== 'object' || params === null) return undefined;
  const asked = statementsBehind(client, key);
  return { name, params, statements: allOf(asked), more: moreOf(asked) };
}

const allOf = (asked: AskedFor | undefined): readonly string[] =>
  asked === undefined ? [] : [...asked.statements, ...asked.parts.flatMap(allOf)];
const moreOf = (asked: AskedFor | undefined): number =>
  asked === undefined ? 0 : asked.more + asked.parts.reduce((sum, part) => sum + moreOf(part), 0);
