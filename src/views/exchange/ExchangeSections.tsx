import { useMemo, useState } from 'react';

import { formatCount } from '../../lib/format.ts';
import type { Exchange, ExchangeContext } from '../../domain/answers/experiments.ts';
import { Disclosure } from '../../ui/Disclosure.tsx';
import { LongText } from '../../ui/LongText.tsx';
import { prettyJson } from '../shared/prettyJson.ts';
import { ChangedPrompt } from './ChangedPrompt.tsx';
import { systemPromptWords } from './exchangeWords.ts';
import styles from './ExchangePanel.module.css';
import { FindBar } from './FindBar.tsx';
import { findHits, mostHits, placeOf, type Hit } from './findText.ts';
import { FoundText } from './FoundText.tsx';
import { diffWords, lineDiff, type LineDiff } from './lineDiff.ts';

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
        <span className={styles.quiet}>{hits.length === 1 ? 'one place' : `${hits.length} places`}</span>
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
