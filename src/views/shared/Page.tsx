import type { ReactNode } from 'react';

import { cx } from '../../ui/cx.ts';
import { hrefTo } from '../../url/addresses.ts';
import styles from './Page.module.css';
import { useAddress } from './useAddress.ts';

interface PageHeadProps {
  /** The way here from the list of experiments, which stands before them; left out on a screen of the bar. */
  readonly crumbs?: readonly Crumb[] | undefined;
  readonly title: ReactNode;
  /** In the line of the title, at the far end: ways to the neighbours. */
  readonly actions?: ReactNode;
  /** The facts stand in the line of the title: below it follows a row of key figures. */
  readonly oneLine?: boolean | undefined;
  /** The line of facts. */
  readonly children: ReactNode;
}

/** What this is and where we are, and one line of facts. */
export function PageHead({ crumbs, title, actions, oneLine = false, children }: PageHeadProps) {
  const { search } = useAddress();
  return (
    <div className={styles.head}>
      <div className={styles.line}>
        <h1>{title}</h1>
        {crumbs !== undefined && (
          <Breadcrumbs crumbs={[{ label: 'Experiments', href: hrefTo('/experiments', search) }, ...crumbs]} />
        )}
        {oneLine && <div className={styles.facts}>{children}</div>}
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </div>
      {!oneLine && <div className={styles.facts}>{children}</div>}
    </div>
  );
}

/** The parts of a screen under its head, one below the other. */
export function PageBody({ children }: { children: ReactNode }) {
  return <div className={styles.page}>{children}</div>;
}

interface Crumb {
  readonly label: string;
  /** Left out for the place where the reader is. */
  readonly href?: string | undefined;
  /** Ids are set in the fixed-width face. */
  readonly mono?: boolean | undefined;
}

/** The way up from here. */
export function Breadcrumbs({ crumbs }: { readonly crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumbs">
      <ol className={styles.list}>
        {crumbs.map(({ label, href, mono }, index) => (
          <li key={`${index} ${label}`} className={styles.crumb}>
            {href === undefined ? (
              <span aria-current="page" className={cx(mono && styles.mono)}>
                {label}
              </span>
            ) : (
              <a href={href} className={cx(mono && styles.mono)}>
                {label}
              </a>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
