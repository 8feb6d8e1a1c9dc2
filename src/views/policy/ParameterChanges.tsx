import { canonicalJson, type Json } from '../../lib/json.ts';
import { percentChange } from '../../domain/policy/parameterText.ts';
import type { Comparison } from './comparison.ts';
import styles from './ParameterChanges.module.css';

interface ParameterChangesProps {
  readonly comparison: Comparison;
  readonly of?: string | undefined;
}

/** Every parameter of either policy, as written, and by how much it changes. */
export function ParameterChanges({ comparison: { before, after, diff }, of }: ParameterChangesProps) {
  const [old, now] = [diff.before.parameters, diff.after.parameters];
  const names = [...new Set([...old.keys(), ...now.keys()])];
  const hasAfter = after.policy !== undefined;
  if (names.length === 0) return <p className={styles.words}>Neither policy has a parameter.</p>;
  return (
    <table className={styles.table} aria-label={of === undefined ? 'Parameters' : `Parameters of ${of}`}>
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
            <tr key={name} className={hasAfter && change !== '' ? styles.changed : undefined}>
              <th scope="row">{name}</th>
              <td className={styles.old}>{written(old.get(name))}</td>
              {hasAfter && <td className={styles.now}>{written(now.get(name))}</td>}
              {hasAfter && <td>{change === '' ? 'none' : change}</td>}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function written(value: Json | undefined): string {
  return value === undefined ? 'absent' : canonicalJson(value);
}

/** By how much a value changes; empty where it does not. */
function changeOf(before: Json | undefined, after: Json | undefined): string {
  if (before === undefined) return after === undefined ? '' : 'added';
  if (after === undefined) return 'removed';
  if (canonicalJson(before) === canonicalJson(after)) return '';
  if (typeof before !== 'number' || typeof after !== 'number') return 'changed';
  return percentChange(before, after) ?? 'changed';
}
