import { useDeferredValue, useMemo } from 'react';
import { useAnswer } from '../../data/useAnswer.ts';
import { useBusyWhileShown } from '../../data/SessionContext.tsx';
import type { OpenFile } from '../../data/session/state.ts';
import { experimentDetail, experimentFacts } from '../../queries/experimentDetail.ts';
import {
  type ExperimentDetail,
  type ExperimentSummary,
  areIterationsUnread,
} from '../../domain/experiment/normalised.ts';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { hrefTo } from '../../url/addresses.ts';
import { ContradictionNotice, useContradictions, NotCheckedNotice } from '../shared/Contradictions.tsx';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import { LastDayNotice, useDayCosts } from '../shared/LastDay.tsx';
import { Located } from '../shared/Located.tsx';
import { PageBody } from '../shared/Page.tsx';
import { useAddress, useTitle } from '../shared/useAddress.ts';
import { UnreadableAhead, UnreadableNotice } from '../shared/UnreadableNotice.tsx';
import { ExperimentHead, ResultFigures } from './ExperimentHead.tsx';
import styles from './ExperimentView.module.css';
import { FigureCard, useFigureSettings, type ExperimentFigureSettings } from './FigureCard.tsx';
import { Inspector } from './Inspector.tsx';
import { IterationsGrid } from './IterationsGrid.tsx';
import { experimentFields } from './fields.ts';
import type { ExperimentConfig, ExperimentFacts } from '../../domain/answers/experiments.ts';
import { Card } from '../../ui/Card.tsx';
import { Disclosure } from '../../ui/Disclosure.tsx';
import { FactList, type Fact } from '../../ui/FactList.tsx';
import { LongText } from '../../ui/LongText.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { prettyJson } from '../../lib/json.ts';
import factsCardsStyles from './FactsCards.module.css';
import { recordedFacts } from './recordedFacts.ts';
import { formatCount, formatMoney } from '../../lib/format.ts';
import { manyAgents } from '../../charts/shape/agentStyle.ts';
import { storedAs } from '../../domain/unreadable.ts';
import { type ExperimentDays, type LastDayOnly, lastDayWords } from '../../domain/days.ts';
import { durationBetween, formatTime, hasZone, isTime } from '../../lib/storedTime.ts';
import type { Cents } from '../../lib/units.ts';
import { noCost, unreadTotalsWords } from '../shared/experimentWords.ts';
import { plainReason, statusMeanings, statusWords } from '../shared/words.ts';

/** One experiment: what it cost from iteration to iteration, every proposal, and what became of it. */
export function ExperimentView({ experimentId }: { experimentId: string }) {
  return (
    <Located id={experimentId}>
      {({ file, summary }) => <Experiment key={file.fileId} file={file} summary={summary} />}
    </Located>
  );
}

function Experiment({ file, summary }: { file: OpenFile; summary: ExperimentSummary }) {
  const { name, experimentId } = summary;
  useTitle(experimentId.startsWith(name) ? experimentId : `${name} ${experimentId}`);
  const scope = useMemo(
    () => ({ fileId: file.fileId, experimentId: summary.experimentId }),
    [file.fileId, summary.experimentId],
  );
  const detail = useAnswer(experimentDetail.about(scope));
  const facts = useAnswer(experimentFacts.about(scope));
  // Drawn part by part, so that ten thousand iterations do not hold up the page.
  const shown = useDeferredValue(detail.data);
  const settings = useFigureSettings(shown ?? undefined);
  const contradictions = useContradictions(file, summary.experimentId);
  const days = useDayCosts(file)?.experiments.get(summary.experimentId);
  const { search } = useAddress(experimentFields);
  return (
    <>
      <ExperimentHead
        file={file}
        summary={summary}
        hasProposals={(shown?.proposals.length ?? 0) > 0}
        iterations={shown?.iterations}
      />
      {detail.error !== null && <ErrorNotice error={detail.error} doing="reading the iterations" />}
      {facts.error !== null && <ErrorNotice error={facts.error} doing="reading the configuration" />}
      {shown !== detail.data && <Drawing />}
      {detail.data != null && <UnreadableAhead file={file} experimentId={summary.experimentId} />}
      {shown == null ? (
        detail.isPending && <ProgressBar doing="Reading iterations and proposals" />
      ) : (
        <PageBody>
          <ContradictionNotice
            found={contradictions}
            hrefOf={({ subject: { iteration, agentId } }) =>
              iteration === undefined
                ? undefined
                : hrefTo('/experiments/$experimentId/iterations/$iteration', search, {
                    experimentId: summary.experimentId,
                    iteration,
                    agent: agentId,
                  })
            }
          />
          <UnreadableNotice file={file} experimentId={summary.experimentId} />
          <NotCheckedNotice file={file} />
          <LastDayNotice days={days} />
          <NotStoredNotice summary={summary} detail={shown} settings={settings} />
          <ResultFigures summary={summary} detail={shown} days={days} facts={facts.data ?? undefined} />
          <div className={styles.main}>
            <FigureCard
              summary={summary}
              detail={shown}
              settings={settings}
              facts={facts.data ?? undefined}
            />
            <Inspector
              scope={scope}
              summary={summary}
              detail={shown}
              settings={settings}
              file={file}
              days={days}
            />
          </div>
          <IterationsGrid
            scope={scope}
            summary={summary}
            detail={shown}
            settings={settings}
            file={file}
            days={days}
            contradictions={contradictions}
          />
          {facts.data != null && (
            <FactsCards file={file} summary={summary} facts={facts.data} detail={shown} days={days} />
          )}
        </PageBody>
      )}
    </>
  );
}

interface NotStoredNoticeProps {
  readonly summary: ExperimentSummary;
  readonly detail: ExperimentDetail;
  readonly settings: ExperimentFigureSettings;
}

/** What the address names and the experiment lacks: the page shows what it would without it. */
function NotStoredNotice({ summary, detail, settings }: NotStoredNoticeProps) {
  const { search } = useAddress(experimentFields);
  const known = new Set<string>(detail.agents);
  const named = [...(search.hide ?? []), ...(search.agent === undefined ? [] : [search.agent])];
  const unknown = [...new Set(named)].filter((agent) => !known.has(agent));
  const lost = search.iteration === settings.iteration ? undefined : search.iteration;
  const [first, last] = [detail.iterations[0]?.iteration, detail.iterations.at(-1)?.iteration];
  const isBeyond = (at: number | undefined): boolean =>
    at !== undefined && first !== undefined && last !== undefined && (at < first || at > last);
  const beyond = [search.first, search.last].filter(isBeyond).join(' and ');
  // Of what cannot be read another notice tells.
  if (areIterationsUnread(summary) || (lost === undefined && unknown.length === 0 && beyond === ''))
    return null;
  return (
    <Notice tone="warning">
      {lost !== undefined && `Iteration ${lost} is not stored: ${storedWords(detail.iterations)}. `}
      {beyond !== '' &&
        `The range of the figure names ${beyond}: of iterations ${storedWords(detail.iterations)}. `}
      {unknown.length > 0 && `Nothing of ${agentsText(unknown) ?? ''} is stored.`}
    </Notice>
  );
}

/** Which iterations are stored, those between the first and the last counted where some are missing. */
function storedWords(iterations: ExperimentDetail['iterations']): string {
  const [first, last] = [iterations[0]?.iteration, iterations.at(-1)?.iteration];
  if (first === undefined || last === undefined) return 'none is';
  if (first === last) return `only ${first} is`;
  const whole = last - first + 1 === iterations.length;
  return whole ? `${first} to ${last} are` : `${formatCount(iterations.length)} from ${first} to ${last} are`;
}

function Drawing() {
  useBusyWhileShown();
  return <ProgressBar doing="Drawing iterations and proposals" />;
}

interface FactsCardsProps {
  readonly file: OpenFile;
  readonly summary: ExperimentSummary;
  readonly facts: ExperimentFacts;
  readonly detail: ExperimentDetail;
  readonly days: ExperimentDays | undefined;
}

/** How it was configured, how it ended, and what this file does and does not record of it. */
function FactsCards({ file, summary, facts, detail, days }: FactsCardsProps) {
  return (
    <div className={factsCardsStyles.cards}>
      <Card title="How it ended" padded>
        <FactList facts={endFacts(summary, days)} />
      </Card>
      <Card title="Configuration" padded>
        <FactList facts={configFacts(facts.config, summary)} />
        <Disclosure summary="As stored">
          <LongText what="the configuration" text={prettyJson(facts.configText)} lines={24} />
        </Disclosure>
      </Card>
      <Card title="What this file records" padded>
        <FactList facts={recordedFacts(file, facts, detail)} />
      </Card>
    </div>
  );
}

/** What the stored configuration says; acceptance rules and proposer settings are never stored (domain.md 3.7). */
function configFacts(config: ExperimentConfig, summary: ExperimentSummary): Fact[] {
  const samples = config.numSamples === undefined ? undefined : String(config.numSamples);
  const unused = summary.evaluationMode !== undefined && summary.evaluationMode !== 'bootstrap';
  return [
    fact('description', config.description),
    fact('scenario', config.scenarioPath),
    fact('evaluation mode', config.evaluationMode),
    fact('ticks simulated', config.evaluationTicks),
    {
      ...fact('samples', samples),
      ...(unused && samples !== undefined ? { note: 'without effect in this mode' } : {}),
    },
    fact('master seed', summary.masterSeed),
    fact('iteration limit', config.maxIterations),
    fact('stability tolerance', config.stabilityThreshold),
    fact('stability window', config.stabilityWindow),
    fact('optimised agents', agentsText(config.optimizedAgents)),
    {
      label: 'acceptance rules',
      value: 'not stored',
      note: 'the reasons of the verdicts show which were on',
    },
  ];
}

function agentsText(agents: readonly string[]): string | undefined {
  const named = agents.slice(0, manyAgents).join(', ');
  const more = agents.length - manyAgents;
  return more > 0 ? `${named} and ${formatCount(more)} more` : named || undefined;
}

function fact(label: string, value: string | number | undefined): Fact {
  return { label, value: value === undefined ? 'not stored' : String(value) };
}

/** The end of the loop in plain words, with the stored words where they say something else. */
function endFacts(summary: ExperimentSummary, days: ExperimentDays | undefined): Fact[] {
  return [
    { label: 'status', value: statusWords[summary.status], note: statusMeanings[summary.status] },
    {
      label: 'reason',
      value: plainReason(summary.convergenceReason, summary.completedAt !== undefined),
      ...(summary.convergenceReason === undefined ? {} : { note: `stored: ${summary.convergenceReason}` }),
    },
    {
      label: 'stored as converged',
      value: summary.storedConverged === undefined ? 'not stored' : summary.storedConverged ? 'yes' : 'no',
    },
    {
      label: 'iterations',
      value: areIterationsUnread(summary) ? 'unknown' : String(summary.iterationCount),
      ...countNote(summary),
    },
    withDays(
      costFact('final cost', summary.finalCostCents, summary.storedFinalCostCents, noCost(summary)),
      days?.final,
    ),
    withDays(bestFact(summary), days?.best),
    timeFact('started', summary.startedAt),
    timeFact('completed', summary.completedAt),
    ...durationFacts(summary),
  ];
}

function timeFact(label: string, text: string | undefined): Fact {
  if (text === undefined) return { label, value: 'not stored' };
  if (!isTime(text)) return { label, value: storedAs(text, 'time') };
  const note = hasZone(text) ? 'as stored, with its zone' : 'local time of the machine that ran';
  return { label, value: formatTime(text), note };
}

/** Only where both times are stored and do not tell: the head of the page says how long it took. */
function durationFacts({ startedAt, completedAt }: ExperimentSummary): Fact[] {
  if (startedAt === undefined || completedAt === undefined) return [];
  const { unknown } = durationBetween(startedAt, completedAt);
  return unknown === undefined ? [] : [{ label: 'duration', value: unknown }];
}

function countNote(summary: ExperimentSummary): { note?: string } {
  const { storedNumIterations, iterationCount } = summary;
  if (storedNumIterations === undefined || storedNumIterations === iterationCount) return {};
  return { note: `the stored counter says ${storedNumIterations}; the rows are counted here` };
}

/** Costs of different bootstrap iterations come from different random arrivals (domain.md 9.3). */
function bestFact(summary: ExperimentSummary): Fact {
  const fact = costFact('best cost', summary.bestCostCents, summary.storedBestCostCents, noCost(summary));
  const notes = [fact.note ?? ''];
  if (summary.evaluationMode === 'bootstrap') {
    notes.push('arrivals differ by iteration, so it is no fair comparison');
  }
  if (summary.unreadableCosts > 0) notes.push(unreadTotalsWords(summary.unreadableCosts));
  return { ...fact, note: notes.join('; ') };
}

function withDays(fact: Fact, only: LastDayOnly | undefined): Fact {
  return only === undefined ? fact : { ...fact, note: `${fact.note ?? ''}; ${lastDayWords(only)}` };
}

/** Costs are summed from the iterations; a stored column is shown beside them and checked. */
function costFact(
  label: string,
  derived: Cents | undefined,
  stored: Cents | undefined,
  absent: string,
): Fact {
  const value = derived === undefined ? absent : formatMoney(derived);
  if (stored === undefined) return { label, value, note: 'summed from the iterations; no stored value' };
  if (stored === derived) return { label, value, note: 'as stored' };
  return { label, value, note: `summed from the iterations; the stored column says ${formatMoney(stored)}` };
}
