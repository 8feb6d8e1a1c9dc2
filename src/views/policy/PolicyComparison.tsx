import { lazy, Suspense, useMemo, useState } from 'react';

import { useBusyWhileShown } from '../../data/useBusyWhileShown.ts';
import { Notice } from '../../ui/Notice.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { ToggleGroup } from '../../ui/ToggleGroup.tsx';
import { ChangeList } from './ChangeList.tsx';
import { compareSides, type PolicySide } from './comparison.ts';
import { Outline } from './Outline.tsx';
import { ParameterChanges } from './ParameterChanges.tsx';
import styles from './PolicyComparison.module.css';

/** The drawing and the text diff bring libraries of their own, so they come when they are asked for. */
const Trees = lazy(async () => ({ default: (await import('./Trees.tsx')).Trees }));
const TextDiff = lazy(async () => ({ default: (await import('./TextDiff.tsx')).TextDiff }));

export type ComparisonView = 'parameters' | 'tree' | 'outline' | 'text';

const choices = [
  { value: 'parameters', label: 'Parameters' },
  { value: 'tree', label: 'Tree' },
  { value: 'outline', label: 'Outline' },
  { value: 'text', label: 'Text' },
] as const;

export interface PolicyComparisonProps {
  readonly before: PolicySide;
  readonly after: PolicySide;
  /** Whose policies they are; part of the names of tables and drawings. */
  readonly of?: string | undefined;
  readonly initialView?: ComparisonView | undefined;
}

/** Two policies against each other: by parameters, as drawn trees, as an outline and as text. */
export function PolicyComparison({ before, after, of, initialView = 'parameters' }: PolicyComparisonProps) {
  const [view, setView] = useState<ComparisonView>(initialView);
  const comparison = useMemo(
    () => compareSides({ label: before.label, text: before.text }, { label: after.label, text: after.text }),
    [before.label, before.text, after.label, after.text],
  );
  return (
    <div className={styles.comparison}>
      <ToggleGroup
        label={`How to compare${of === undefined ? '' : ` the policies of ${of}`}`}
        choices={choices}
        value={view}
        onChange={setView}
      />
      {[comparison.before, comparison.after].map(
        (side) =>
          side.problem !== undefined && (
            <Notice key={side.label}>
              {side.label}: {side.problem}.
            </Notice>
          ),
      )}
      <Suspense fallback={<Loading />}>
        {view === 'parameters' && (
          <>
            <ParameterChanges comparison={comparison} of={of} />
            <ChangeList comparison={comparison} />
          </>
        )}
        {view === 'tree' && <Trees comparison={comparison} />}
        {view === 'outline' && <Outline comparison={comparison} />}
        {view === 'text' && <TextDiff comparison={comparison} />}
      </Suspense>
    </div>
  );
}

function Loading() {
  useBusyWhileShown();
  return <ProgressBar doing="Loading this view" />;
}
