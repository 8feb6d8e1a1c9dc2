import styles from './Breadcrumbs.module.css';
import { cx } from './cx.ts';

export interface Crumb {
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
