import ChevronDown from 'lucide-react/icons/chevron-down';
import ChevronUp from 'lucide-react/icons/chevron-up';
import { Fragment, useEffect, useMemo, useRef, useState } from 'react';

import type { Exchange, ExchangeContext } from '../../domain/answers/experiments.ts';
import { formatCount, plural, formatSeconds } from '../../lib/format.ts';
import { prettyJson } from '../../lib/json.ts';
import { IconButton } from '../../ui/Button.tsx';
import { Disclosure } from '../../ui/Disclosure.tsx';
import { LongText } from '../../ui/LongText.tsx';
import { SearchField } from '../../ui/TextField.tsx';
import { ChangedPrompt, diffWords, lineDiff, type LineDiff } from './ChangedPrompt.tsx';
import styles from './ExchangePanel.module.css';

interface ExchangeSectionsProps {
  readonly exchange: Exchange;
  readonly context: ExchangeContext;
  /** User prompt of the turn before; undefined while it is read, or where there is none. */
  readonly previousPrompt: string | undefined;
}

interface Section {
  readonly title: string;
  readonly text: string;
  readonly aside: string | undefined;
  readonly diff?: LineDiff | undefined;
}

/** The texts, folded; while something is looked for, those that hold it are open and marked. */
export function ExchangeSections({ exchange, context, previousPrompt }: ExchangeSectionsProps) {
  const [words, setWords] = useState('');
  const [current, setCurrent] = useState(0);
  const sections = useMemo(
    () => sectionsOf(exchange, context, previousPrompt),
    [exchange, context, previousPrompt],
  );
  const hits = useMemo(() => {
    let room = mostHits;
    return sections.map(({ text }) => {
      const found = findHits(text, words, room);
      room -= found.length;
      return found;
    });
  }, [sections, words]);
  const counts = hits.map((found) => found.length);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const place = placeOf(counts, current);
  const { previousIteration } = context;
  return (
    <>
      <FindBar
        words={words}
        onWords={(next) => {
          setWords(next);
          setCurrent(0);
        }}
        current={current}
        total={total}
        onMove={(step) => setCurrent((current + step + total) % Math.max(1, total))}
      />
      <div className={styles.sections}>
        {sections.map((section, index) => {
          const found = hits[index] ?? [];
          return words !== '' && found.length > 0 ? (
            <FoundSection
              key={section.title}
              section={section}
              hits={found}
              current={place?.section === index ? place.hit : undefined}
            />
          ) : (
            <FoldedSection key={section.title} section={section} previousIteration={previousIteration} />
          );
        })}
      </div>
    </>
  );
}

function FoldedSection({
  section: { title, text, aside, diff },
  previousIteration,
}: {
  section: Section;
  previousIteration: number | undefined;
}) {
  if (text === '') return <p className={styles.none}>{title}: none recorded.</p>;
  const what = `the ${title.toLowerCase()}`;
  const isShort = title === 'Answer';
  return (
    <Disclosure
      summary={title}
      aside={aside ?? `${formatCount(text.length)} characters`}
      defaultOpen={isShort}
    >
      {diff !== undefined && previousIteration !== undefined ? (
        <ChangedPrompt text={text} diff={diff} since={previousIteration} />
      ) : (
        <LongText what={what} text={text} />
      )}
    </Disclosure>
  );
}

interface FoundSectionProps {
  readonly section: Section;
  readonly hits: readonly Hit[];
  readonly current: number | undefined;
}

function FoundSection({ section: { title, text }, hits, current }: FoundSectionProps) {
  return (
    <section aria-label={title} className={styles.found}>
      <div className={styles.head}>
        <h4>{title}</h4>
        <span className={styles.quiet}>{plural(hits.length, 'place')}</span>
      </div>
      <FoundText what={`the ${title.toLowerCase()}`} text={text} hits={hits} current={current} />
    </section>
  );
}

function sectionsOf(
  exchange: Exchange,
  context: ExchangeContext,
  previousPrompt: string | undefined,
): readonly Section[] {
  const { systemPrompt, userPrompt, rawResponse, parsedPolicy } = exchange;
  const diff =
    userPrompt === undefined || previousPrompt === undefined
      ? undefined
      : lineDiff(previousPrompt, userPrompt);
  return [
    { title: 'System prompt', text: systemPrompt ?? '', aside: systemPromptWords(context) },
    {
      title: 'User prompt',
      text: userPrompt ?? '',
      aside:
        diff === undefined
          ? undefined
          : `${diffWords(diff)} since iteration ${context.previousIteration ?? ''}`,
      diff,
    },
    { title: 'Answer', text: rawResponse ?? '', aside: undefined },
    {
      title: 'Parsed policy',
      text: parsedPolicy === undefined ? '' : prettyJson(parsedPolicy),
      aside: undefined,
    },
  ];
}

interface FoundTextProps {
  readonly what: string;
  readonly text: string;
  /** In order, without overlaps. */
  readonly hits: readonly Hit[];
  /** The one to bring into view. */
  readonly current: number | undefined;
}

/** A whole text with the places that were looked for. */
function FoundText({ what, text, hits, current }: FoundTextProps) {
  const box = useRef<HTMLDivElement>(null);
  const mark = useRef<HTMLElement>(null);
  useEffect(() => {
    if (box.current === null || mark.current === null) return;
    // The box alone moves, then the page as little as it must.
    box.current.scrollTop = mark.current.offsetTop - box.current.clientHeight / 2;
    box.current.scrollIntoView({ block: 'nearest' });
  }, [current, hits]);
  return (
    <div ref={box} role="group" aria-label={`Places in ${what}`} tabIndex={0} className={styles.foundText}>
      {hits.map((hit, index) => (
        <Fragment key={hit.start}>
          {text.slice(hits[index - 1]?.end ?? 0, hit.start)}
          <mark
            ref={index === current ? mark : undefined}
            aria-current={index === current ? true : undefined}
            className={styles.mark}
          >
            {text.slice(hit.start, hit.end)}
          </mark>
        </Fragment>
      ))}
      {text.slice(hits.at(-1)?.end ?? 0)}
    </div>
  );
}

interface FindBarProps {
  readonly words: string;
  readonly onWords: (words: string) => void;
  /** Counted from 0. */
  readonly current: number;
  readonly total: number;
  readonly onMove: (step: 1 | -1) => void;
}

/** Looks for words in all texts; Enter goes to the next place, with Shift to the one before. */
function FindBar({ words, onWords, current, total, onMove }: FindBarProps) {
  const most = total === mostHits ? `${total} or more` : String(total);
  return (
    <div
      role="search"
      className={styles.find}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return;
        event.preventDefault();
        if (total > 0) onMove(event.shiftKey ? -1 : 1);
      }}
    >
      <SearchField label="Find in the exchange" value={words} onChange={onWords} />
      <span role="status" className={styles.quiet}>
        {words === '' ? '' : total === 0 ? 'not found' : `${current + 1} of ${most}`}
      </span>
      <IconButton
        size="small"
        label="Previous place"
        icon={<ChevronUp size={14} aria-hidden />}
        disabled={total === 0}
        onClick={() => onMove(-1)}
      />
      <IconButton
        size="small"
        label="Next place"
        icon={<ChevronDown size={14} aria-hidden />}
        disabled={total === 0}
        onClick={() => onMove(1)}
      />
    </div>
  );
}

/** So many hits are marked; more help nobody to find a place. */
const mostHits = 500;

interface Hit {
  readonly start: number;
  readonly end: number;
}

/** Where a text contains the words, large and small letters alike; at most so many. */
export function findHits(text: string, words: string, most: number = mostHits): readonly Hit[] {
  if (words === '') return [];
  const pattern = new RegExp(words.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'), 'gi');
  const hits: Hit[] = [];
  for (const { index, 0: found } of text.matchAll(pattern)) {
    if (hits.length === most) break;
    hits.push({ start: index, end: index + found.length });
  }
  return hits;
}

interface Place {
  readonly section: number;
  readonly hit: number;
}

/** The n-th hit over several texts, counted from 0. */
export function placeOf(counts: readonly number[], n: number): Place | undefined {
  let before = 0;
  for (const [section, count] of counts.entries()) {
    if (n < before + count) return { section, hit: n - before };
    before += count;
  }
  return undefined;
}

/** Model, words and time. What the file calls tokens are words between spaces (domain.md 0.10). */
export function metersOf(exchange: Exchange): string {
  const { model, promptWords, responseWords, latencySeconds } = exchange;
  const parts = [
    model ?? 'model not recorded',
    promptWords === undefined ? undefined : `${formatCount(promptWords)} words asked`,
    responseWords === undefined ? undefined : `${formatCount(responseWords)} answered`,
    latencySeconds === undefined ? undefined : `in ${formatSeconds(latencySeconds)}`,
  ];
  return parts.filter((part) => part !== undefined).join(', ');
}

/** Retries leave no trace; what is stored twice is known by its number. */
export function attemptsSentence({ duplicatesDropped }: Exchange): string | undefined {
  if (duplicatesDropped === 0) return undefined;
  return `Recorded ${duplicatesDropped + 1} times in this iteration; the last one is shown.`;
}

/** Since when the system prompt stands. */
function systemPromptWords(context: ExchangeContext): string | undefined {
  const { systemPrompt, systemPromptSince: since, comparedSince, previousIteration } = context;
  switch (systemPrompt) {
    case 'changed':
      return `changed since iteration ${previousIteration ?? ''}`.trimEnd();
    case 'unchanged':
      if (since === undefined) return 'unchanged';
      return since === comparedSince && since > 0
        ? `unchanged since iteration ${since} or earlier`
        : `unchanged since iteration ${since}`;
    case 'not compared':
      return undefined;
  }
}
