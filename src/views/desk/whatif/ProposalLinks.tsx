import { formatCount } from '../../../lib/format.ts';
import { useAddress } from '../../shared/useAddress.ts';
import type { DeskRow } from '../deskRow.ts';
import styles from './WhatIfPanel.module.css';
import { deskFields } from '../fields.ts';

/** So many are named; the rest is counted. */
const named = 12;

/** Proposals to look at, with the rules that are tried still in the address. */
export function ProposalLinks({ title, rows }: { title: string; rows: readonly DeskRow[] }) {
  const { search, here } = useAddress(deskFields);
  if (rows.length === 0) return null;
  const isOver = rows.length > named;
  return (
    <div>
      <h3>
        {formatCount(rows.length)} {title}
      </h3>
      <ul className={styles.links}>
        {rows.slice(0, named).map((row) => {
          const { iteration, agentId } = row.proposal;
          const where =
            search.experiment === undefined ? {} : { in: row.file.name, experiment: row.experimentId };
          return (
            <li key={row.key}>
              <a href={here({ ...where, iteration, agent: agentId, show: 'all' })}>
                k {iteration} {agentId}
              </a>
            </li>
          );
        })}
        {isOver && <li>and {formatCount(rows.length - named)} more</li>}
      </ul>
    </div>
  );
}
