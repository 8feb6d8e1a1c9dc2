import { memo, useMemo, useDeferredValue } from 'react';

import { FigureLegend, LegendAgents } from '../../charts/FigureLegend.tsx';
import { LinePanels } from '../../charts/LinePanels.tsx';
import { Measured } from '../../charts/PanelStage.tsx';
import { difference, nearestCents, spreadOf } from '../../domain/compare/outcome.ts';
import { lastPlace } from '../../domain/compare/series.ts';
import { formatMoney, plural } from '../../lib/format.ts';
import type { AgentId } from '../../lib/ids.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Figure } from '../../ui/Figure.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import type { GridColumn } from '../../ui/grid/gridColumn.ts';
import { hrefTo } from '../../url/addresses.ts';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import { PageBody, PageHead } from '../shared/Page.tsx';
import { mostCompared } from '../shared/experimentWords.ts';
import { useAddress } from '../shared/useAddress.ts';
import { ChosenList } from './ChosenList.tsx';
import styles from './Compare.module.css';
import { FigureCard, captionOf, usePanelChoice } from './FigureCard.tsx';
import { ConfigurationCard, OutcomeCard } from './OutcomeCard.tsx';
import { AnyPairCard, PoliciesCard } from './PoliciesCard.tsx';
import { SearchCostCard } from './SearchCostCard.tsx';
import { multiplePanels, multiplesOf, type PanelChoice } from './comparePanels.ts';
import { agentsOf, chosenIn, entriesOf, finalOf, type Entry, signedWords, valueWords } from './entries.ts';
import { compareFields } from './fields.ts';
import { useCompared, type Compared } from './useCompared.ts';

/** Two to twelve experiments or groups of passes beside each other. */
export function CompareView() {
  const { search } = useAddress(compareFields);
  const chosen = useMemo(() => chosenIn(search.x, search.g), [search.x, search.g]);
  const { compared, missing, pending, error } = useCompared(chosen.ids, search.db);
  const all = useMemo(() => entriesOf(chosen, compared, search.base), [chosen, compared, search.base]);
  const entries = useMemo(() => shownOf(all), [all]);
  return (
    <>
      <PageHead
        title={titleOf(entries)}
        actions={
          <LinkButton size="small" href={hrefTo('/experiments', search, { x: [...chosen.ids], g: search.g })}>
            {chosen.ids.length === 0 ? 'Choose experiments' : 'Add or take away'}
          </LinkButton>
        }
      >
        {entries.length === 0 && !pending ? (
          <span>Tick two to twelve experiments in the list, then press Compare.</span>
        ) : (
          <Answer entries={entries} />
        )}
      </PageHead>
      <PageBody>
        {error !== undefined && <ErrorNotice error={error} doing="reading the experiments" />}
        {missing.length > 0 && <Notice>In no open file: {missing.join(', ')}.</Notice>}
        {all.length > entries.length && (
          <Notice>
            {mostCompared} of {all.length} are shown: more lines cannot be told apart. Group passes, or take
            some away.
          </Notice>
        )}
        {pending && <ProgressBar doing="Reading the experiments" />}
        {entries.length > 0 && !pending && (
          <>
            <ChosenList chosen={chosen} entries={entries} />
            <Comparison entries={entries} />
          </>
        )}
      </PageBody>
    </>
  );
}

/** Drawn anew for other experiments only: what each card takes from the address it reads itself. */
const Comparison = memo(function Comparison({ entries }: { readonly entries: readonly Entry[] }) {
  const compared = useMemo(() => entries.flatMap(({ members }) => members), [entries]);
  const agents = useMemo(() => agentsOf(compared), [compared]);
  const baseline = entries.find(({ isBaseline }) => isBaseline);
  const first = baseline?.members[0];
  return (
    <>
      <FigureCard entries={entries} compared={compared} />
      <MultiplesCard entries={entries} compared={compared} />
      <OutcomeCard entries={entries} compared={compared} />
      <SearchCostCard entries={entries} />
      <ConfigurationCard entries={entries} />
      {baseline !== undefined && first !== undefined && compared.length > 1 && (
        <>
          <PoliciesCard compared={compared} baseline={baseline} agents={agents} />
          <AnyPairCard compared={compared} baseline={first} />
        </>
      )}
      {compared.length === 1 && <Notice>One experiment alone: add another to compare it with.</Notice>}
    </>
  );
});

/** At most twelve, the baseline among them. */
function shownOf(entries: readonly Entry[]): readonly Entry[] {
  if (entries.length <= mostCompared) return entries;
  const first = entries.slice(0, mostCompared);
  const baseline = entries.find(({ isBaseline }) => isBaseline);
  return baseline === undefined || first.includes(baseline) ? first : [...first.slice(0, -1), baseline];
}

function titleOf(entries: readonly Entry[]): string {
  const [one, other] = entries;
  if (one === undefined) return 'Compare experiments';
  if (entries.length === 1) return `Compare ${one.label}`;
  return entries.length === 2 && other !== undefined
    ? `${one.isBaseline ? other.label : one.label} against ${one.isBaseline ? one.label : other.label}`
    : `Compare ${entries.length} ${entries.some(({ isGroup }) => isGroup) ? 'lines' : 'experiments'}`;
}

/** The answer in dollars: what passes come to, and how each ends against the baseline. */
function Answer({ entries }: { readonly entries: readonly Entry[] }) {
  const baseline = entries.find(({ isBaseline }) => isBaseline);
  if (baseline === undefined) return null;
  const base = finalOf(baseline);
  return (
    <>
      <span>
        {baseline.label} ends {baseline.isGroup ? 'on average ' : ''}at{' '}
        <b>{base === undefined ? 'no recorded cost' : formatMoney(base)}</b>
        {rangeWords(baseline)}
      </span>
      {entries.map((entry) => {
        if (entry === baseline) return null;
        const apart = difference(finalOf(entry), base);
        if (apart === undefined) return <span key={entry.key}>{entry.label}: no recorded final cost</span>;
        const size = apart < 0n ? difference(base, finalOf(entry)) : apart;
        return (
          <span key={entry.key}>
            {entry.label} {entry.isGroup ? 'on average ' : ''}
            {apart === 0n ? 'at the same' : <b>{formatMoney(size ?? apart)}</b>}
            {apart !== 0n && (apart < 0n ? ' below' : ' above')}
            {rangeWords(entry)}
          </span>
        );
      })}
    </>
  );
}

function rangeWords({ isGroup, members }: Entry): string {
  if (!isGroup) return '';
  const spread = spreadOf(finals(members));
  if (spread === undefined) return '';
  return `, its ${plural(spread.count, 'pass', 'passes')} at ${formatMoney(nearestCents(spread.low))} to ${formatMoney(nearestCents(spread.high))}`;
}

const finals = (members: readonly Compared[]) => members.map(({ outcome }) => outcome.finalCents);

interface MultiplesCardProps {
  readonly entries: readonly Entry[];
  readonly compared: readonly Compared[];
}

/** More panels than these are no picture: then so many of the first are drawn, and the table has all. */
const mostPanels = 24;
const drawnOfMore = 12;
const name = 'One panel each';

/** Drawn after the one figure, whose choices they follow: many panels take longer than a click may. */
function MultiplesCard({ entries, compared }: MultiplesCardProps) {
  const { agents, choice } = usePanelChoice(entries, compared);
  return <Multiples entries={entries} agents={agents} choice={useDeferredValue(choice)} />;
}

interface MultiplesProps {
  readonly entries: readonly Entry[];
  readonly agents: readonly AgentId[];
  readonly choice: PanelChoice;
}

/** Every experiment, group and pass in a panel of its own, its agents on one scale. */
const Multiples = memo(function Multiples({ entries, agents, choice }: MultiplesProps) {
  const { parameter } = choice.subject;
  const all = useMemo(() => multiplesOf(entries, agents, choice), [entries, agents, choice]);
  const shown = useMemo(() => (all.length > mostPanels ? all.slice(0, drawnOfMore) : all), [all]);
  const panels = useMemo(() => multiplePanels(shown, choice), [shown, choice]);
  const last = all.reduce((most, { values }) => Math.max(most, ...[...values.values()].map(lastPlace)), 0);
  const span = useMemo(() => [0, last] as const, [last]);
  const places = useMemo(() => Array.from({ length: last + 1 }, (_, place) => place), [last]);
  const [axis, by] =
    choice.alignment === 'iteration'
      ? (['Iteration', 'iteration'] as const)
      : (['Accepted proposals', 'its accepted proposals'] as const);
  const what = parameter ?? (choice.bestSoFar ? 'lowest cost so far' : 'cost');
  const caption =
    `The ${what} of each agent by ${by}, all panels on one scale. ${captionOf(entries, choice, false)}`.trim();
  const words = choice.relative ? signedWords : valueWords;
  return (
    <Card title={name} aside={`${what} of each agent, one scale`} padded>
      <Figure
        name={name}
        caption={`${caption}${all.length > shown.length ? ` ${shown.length} of ${all.length} are drawn; the table has all.` : ''}`}
        sheet={async () => {
          const { runSheet } = await import('../../charts/export/linesSheet.ts');
          return runSheet({
            panels,
            agents: agents.map((agentId, index) => ({ agentId, index })),
            span,
            axis,
            dayStarts: [],
            caption,
          });
        }}
        table={() => ({
          rows: places,
          rowKey: String,
          columns: [
            { id: 'place', header: axis, value: (place) => place, align: 'end', width: axis.length * 8 + 24 },
            ...all.flatMap(({ key, label, isMean, values }) =>
              agents.map((agent): GridColumn<number> => ({
                id: `${key} ${agent}`,
                header: agent,
                group: label,
                value: (place) => values.get(agent)?.get(place),
                render: (place) => words(values.get(agent)?.get(place), { parameter, agent }, isMean),
                align: 'end',
                width: 100,
              })),
            ),
          ],
        })}
      >
        <FigureLegend isLong={agents.length > 12}>
          <LegendAgents
            agents={agents.map((agentId, index) => ({ agentId, index }))}
            hiddenAgents={new Set()}
            onToggle={undefined}
          />
        </FigureLegend>
        <Measured className={styles.drawing}>
          {(width) => (
            <LinePanels
              name={name}
              panels={panels}
              span={span}
              places={places}
              axis={axis}
              plotHeight={110}
              panelWidth={230}
              width={width}
              blockWord="experiment"
              readout={(place) =>
                shown.map(({ label, entry, isMean, values }) => ({
                  name: label,
                  agentIndex: undefined,
                  color: entry.style.color,
                  facts: agents.flatMap((agent) => {
                    const value = values.get(agent)?.get(place);
                    return value === undefined
                      ? []
                      : [{ label: agent, text: words(value, { parameter, agent }, isMean) }];
                  }),
                }))
              }
            />
          )}
        </Measured>
      </Figure>
    </Card>
  );
});
