import styles from './Button.module.css';
import { cx } from './cx.ts';

export interface ButtonLook {
  /** `primary`: the one thing to do next. `ghost`: quiet, in headers and beside texts. */
  readonly variant?: 'secondary' | 'primary' | 'ghost' | undefined;
  readonly size?: 'medium' | 'small' | undefined;
}

/** Shared by the parts that look like a button: Button, IconButton, LinkButton. */
export function buttonClass(look: ButtonLook & { readonly square?: boolean }, className?: string): string {
  return cx(
    styles.button,
    look.variant === 'primary' && styles.primary,
    look.variant === 'ghost' && styles.ghost,
    look.size === 'small' && styles.small,
    look.square && styles.square,
    className,
  );
}
