import { lazy, Suspense, useMemo, useState, type ReactNode } from 'react';

import { useBusyWhileShown } from '../../data/SessionContext.tsx';
import { changeText } from '../../domain/policy/diff/changes.ts';
import { liquidityFraction, percentChange } from '../../domain/policy/parameters.ts';
import { parameterValueText } from '../../domain/policy/tree/policyText.ts';
import { withMinus } from '../../lib/format.ts';
import { canonicalJson, type Json } from '../../lib/json.ts';
import { Notice } from '../../ui/Notice.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { Select, TextField } from '../../ui/TextField.tsx';
import { ToggleGroup } from '../../ui/ToggleGroup.tsx';
import { comparisonFields, type PolicyChoice } from '../../url/fields.ts';
import { useAddress } from '../shared/useAddress.ts';
import changeListStyles from './ChangeList.module.css';
import chooseStyles from './ChoosePolicy.module.css';
import { Outline } from './Outline.tsx';
import parameterChangesStyles from './ParameterChanges.module.css';
import styles from './PolicyComparison.module.css';
import { compareSides, type ComparedPolicies, type PolicySide } from './comparison.ts';

/** The drawing and the text diff bring libraries of their own, so they come when they are asked for. */
const Trees = lazy(async () => ({ default: (await import('./Trees.tsx')).Trees }));
const TextDiff = lazy(async () => ({ default: (await import('./TextDiff.tsx')).TextDiff }));

const choices = [
  { value: 'parameters', label: 'Parameters' },
  { value: 'tree', label: 'Tree' },
  { value: 'outline', label: 'Outline' },
  { value: 'text', label: 'Text' },
] as const;

interface PolicyComparisonProps {
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

interface ChoosePolicyProps {
  readonly title: 'Left' | 'Right';
  readonly agents: readonly string[];
  /** Last stored iteration. */
  readonly last: number;
  readonly choice: PolicyChoice;
  readonly onChoose: (choice: PolicyChoice) => void;
  /** What is chosen before: the experiment. */
  readonly children?: ReactNode;
}

const kinds = [
  { value: 'force', label: 'In force' },
  { value: 'proposed', label: 'Proposed' },
] as const;

/** Agent, iteration, and whether the policy in force or the proposed one is meant. */
export function ChoosePolicy({ title, agents, last, choice, onChoose, children }: ChoosePolicyProps) {
  const names = agents.includes(choice.agent) ? agents : [choice.agent, ...agents];
  return (
    <fieldset className={chooseStyles.chooser}>
      <legend>{title}</legend>
      {children}
      <Select
        label="Agent"
        options={names.map((name) => ({ value: name, label: name }))}
        value={choice.agent}
        onChange={(agent) => onChoose({ ...choice, agent })}
      />
      <IterationField
        iteration={choice.iteration}
        last={last}
        onChange={(iteration) => onChoose({ ...choice, iteration })}
      />
      <ToggleGroup
        label={`${title}: which policy`}
        choices={kinds}
        value={choice.which}
        onChange={(which) => onChoose({ ...choice, which })}
      />
    </fieldset>
  );
}

interface IterationFieldProps {
  readonly iteration: number;
  readonly last: number;
  readonly onChange: (iteration: number) => void;
}

/** A number as it is typed; what is no stored iteration changes nothing and says so. */
function IterationField({ iteration, last, onChange }: IterationFieldProps) {
  const [draft, setDraft] = useState<string>();
  const text = draft ?? String(iteration);
  const isStored = (typed: string) => /^\d{1,9}$/.test(typed) && Number(typed) <= last;
  return (
    <TextField
      label={`Iteration, 0 to ${last}`}
      type="number"
      value={text}
      onChange={(typed) => {
        setDraft(isStored(typed) ? undefined : typed);
        if (isStored(typed)) onChange(Number(typed));
      }}
      error={isStored(text) ? undefined : `a number from 0 to ${last}`}
    />
  );
}
