import { lazy, Suspense, useMemo } from 'react';
import { useBusyWhileShown } from '../../data/SessionContext.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { ToggleGroup } from '../../ui/ToggleGroup.tsx';
import { comparisonFields } from '../../url/fields.ts';
import { useAddress } from '../shared/useAddress.ts';
import { compareSides, type ComparedPolicies, type PolicySide } from './comparison.ts';
import { Outline } from './Outline.tsx';
import styles from './PolicyComparison.module.css';
import { changeText } from '../../domain/policy/diff/changes.ts';
import changeListStyles from './ChangeList.module.css';
import { canonicalJson, type Json } from '../../lib/json.ts';
import { liquidityFraction, percentChange } from '../../domain/policy/parameters.ts';
import { parameterValueText } from '../../domain/policy/tree/policyText.ts';
import { withMinus } from '../../lib/format.ts';
import parameterChangesStyles from './ParameterChanges.module.css';

/** The drawing and the text diff bring libraries of their own, so they come when they are asked for. */
const Trees = lazy(async () => ({ default: (await import('./Trees.tsx')).Trees }));
const TextDiff = lazy(async () => ({ default: (await import('./TextDiff.tsx')).TextDiff }));

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
}

/** Two policies against each other: by parameters, as drawn trees, as an outline and as text. */
export function PolicyComparison({ before, after, of }: PolicyComparisonProps) {
  const { search, patch } = useAddress(comparisonFields);
  const prefix = of === undefined ? '' : `${of}.`;
  const view =
    choices.find(({ value }) => search.view?.includes(`${prefix}${value}`))?.value ?? choices[0].value;
  const show = (next: typeof view): void => {
    const others = (search.view ?? []).filter((each) => each !== `${prefix}${view}`);
    const all = next === choices[0].value ? others : [...others, `${prefix}${next}`];
    patch({ view: all.length === 0 ? undefined : all });
  };
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
        onChange={show}
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

/** Changes that are listed; the other views show all of them. */
const limit = 12;

/** What happens to the trees, a line each, and what else is worth knowing. */
function ChangeList({ comparison: { before, after, diff } }: { comparison: ComparedPolicies }) {
  if (before.policy === undefined || after.policy === undefined) return null;
  const { changes, unreachable, wording, others, trees } = diff;
  const lines = [
    ...changes.slice(0, limit).map((change) => changeText(change, diff)),
    ...(changes.length > limit ? [`${changes.length - limit} more changes of the trees`] : []),
    ...others.map(({ name }) => `${name}, which is not known here, differs`),
    ...unreachable.fresh.map(({ why }) => `a branch can never be reached: ${why}`),
    ...(trees.some((pair) => pair.isPlaceByPlace)
      ? ['a tree is too large to look for what moved; nodes are compared place by place']
      : []),
  ];
  const names = wording.members.length + wording.renamedNodes + wording.redescribedNodes > 0;
  return (
    <div className={changeListStyles.changes}>
      {lines.length === 0 ? (
        <p>{trees.length === 0 ? 'Neither policy has a tree.' : 'The tree is unchanged.'}</p>
      ) : (
        <ul>
          {lines.map((line, i) => (
            <li key={i}>{line}</li>
          ))}
        </ul>
      )}
      {names && <p className={changeListStyles.quiet}>Only names also differ.</p>}
    </div>
  );
}

interface ParameterChangesProps {
  readonly comparison: ComparedPolicies;
  readonly of?: string | undefined;
}

/** Every parameter of either policy, as written, and by how much it changes. */
function ParameterChanges({ comparison: { before, after, diff }, of }: ParameterChangesProps) {
  const [old, now] = [diff.before.parameters, diff.after.parameters];
  const names = [...new Set([...old.keys(), ...now.keys()])];
  const hasAfter = after.policy !== undefined;
  if (names.length === 0)
    return <p className={parameterChangesStyles.words}>Neither policy has a parameter.</p>;
  return (
    <table
      className={parameterChangesStyles.table}
      aria-label={of === undefined ? 'Parameters' : `Parameters of ${of}`}
    >
      <thead>
        <tr>
          <th>Parameter</th>
          <th>{before.label}</th>
          {hasAfter && <th>{after.label}</th>}
          {hasAfter && <th>Change</th>}
        </tr>
      </thead>
      <tbody>
        {names.map((name) => {
          const change = changeOf(old.get(name), now.get(name));
          return (
            <tr key={name} className={hasAfter && change !== '' ? parameterChangesStyles.changed : undefined}>
              <th scope="row">{name}</th>
              <Written className={parameterChangesStyles.old} name={name} value={old.get(name)} />
              {hasAfter && (
                <Written className={parameterChangesStyles.now} name={name} value={now.get(name)} />
              )}
              {hasAfter && <td>{change === '' ? 'none' : change}</td>}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

interface WrittenProps {
  readonly name: string;
  readonly value: Json | undefined;
  readonly className: string | undefined;
}

/** A parameter with every digit that is stored; the liquidity fraction in percent, as stored where one rests on it. */
function Written({ name, value, className }: WrittenProps) {
  if (value === undefined) return <td className={className}>absent</td>;
  const stored = canonicalJson(value);
  const text = name === liquidityFraction ? parameterValueText(name, value) : withMinus(stored);
  return (
    <td className={className} title={text === stored ? undefined : `stored: ${stored}`}>
      {text}
    </td>
  );
}

/** By how much a value changes; empty where it does not. */
function changeOf(before: Json | undefined, after: Json | undefined): string {
  if (before === undefined) return after === undefined ? '' : 'added';
  if (after === undefined) return 'removed';
  if (canonicalJson(before) === canonicalJson(after)) return '';
  if (typeof before !== 'number' || typeof after !== 'number') return 'changed';
  return percentChange(before, after) ?? 'changed';
}
