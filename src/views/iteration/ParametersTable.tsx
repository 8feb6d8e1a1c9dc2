import { numericParameters } from '../../policy/parameters.ts';
import { parsePolicy } from '../../policy/parse.ts';
import styles from './ParametersTable.module.css';

interface ParametersTableProps {
  readonly agentId: string;
  readonly inForce: string | undefined;
  readonly proposed: string | undefined;
}

/** Every numeric parameter of either policy, now and as proposed. */
export function ParametersTable({ agentId, inForce, proposed }: ParametersTableProps) {
  const now = parametersOf(inForce);
  const then = parametersOf(proposed);
  const names = [...new Set([...now.keys(), ...then.keys()])];
  if (names.length === 0) return <p>Neither policy has a numeric parameter.</p>;
  return (
    <table className={styles.table} aria-label={`Parameters of ${agentId}`}>
      <thead>
        <tr>
          <th>Parameter</th>
          <th>In force</th>
          {proposed !== undefined && <th>Proposed</th>}
        </tr>
      </thead>
      <tbody>
        {names.map((name) => (
          <tr
            key={name}
            className={proposed !== undefined && now.get(name) !== then.get(name) ? styles.changed : ''}
          >
            <th scope="row">{name}</th>
            <td>{now.get(name) ?? 'absent'}</td>
            {proposed !== undefined && <td>{then.get(name) ?? 'absent'}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function parametersOf(text: string | undefined): ReadonlyMap<string, number> {
  if (text === undefined) return new Map();
  const policy = parsePolicy(text);
  return policy.ok ? numericParameters(policy.value) : new Map();
}
