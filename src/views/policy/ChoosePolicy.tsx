import { useState, type ReactNode } from 'react';

import { Select, TextField } from '../../ui/TextField.tsx';
import { ToggleGroup } from '../../ui/ToggleGroup.tsx';
import type { PolicyChoice } from '../../url/fields.ts';
import styles from './ChoosePolicy.module.css';

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
    <fieldset className={styles.chooser}>
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
