import type { ComponentProps, ReactNode, DOMAttributes, ReactElement } from 'react';
import { Focusable } from 'react-aria-components/Focusable';
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components/Tooltip';

import styles from './Button.module.css';
import tipStyles from './Tooltip.module.css';
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

type ButtonProps = ComponentProps<'button'> &
  ButtonLook & {
    readonly icon?: ReactNode;
    /** What it started is under way: it does nothing meanwhile. It keeps the focus, which a disabled button would lose. */
    readonly isBusy?: boolean;
  };

/** A button with words; `type="button"` unless told otherwise. */
export function Button({ variant, size, icon, isBusy, className, children, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-disabled={isBusy}
      onClick={isBusy === true ? undefined : onClick}
      className={buttonClass({ variant, size }, className)}
    >
      {icon}
      {children}
    </button>
  );
}

type LinkButtonProps = ComponentProps<'a'> &
  ButtonLook & { readonly href: string; readonly icon?: ReactNode };

/** A link that looks like a button: it leads somewhere, so it can be opened in a new tab. */
export function LinkButton({ variant, size, icon, className, children, ...rest }: LinkButtonProps) {
  return (
    <a {...rest} className={buttonClass({ variant, size }, className)}>
      {icon}
      {children}
    </a>
  );
}

type IconButtonProps = Omit<ComponentProps<'button'>, 'aria-label' | 'children' | 'title'> &
  ButtonLook & {
    /** Accessible name and tooltip. */
    readonly label: string;
    /** A key that does the same, shown in the tooltip. */
    readonly shortcut?: string | undefined;
    readonly icon: ReactNode;
  };

/**
 * A button that shows only a sign; its name is spoken, and shown as a tooltip. Disabled it can still have the focus: its
 * name can be read, and who pressed it to the end keeps the focus.
 */
export function IconButton(props: IconButtonProps) {
  const { label, shortcut, icon, variant = 'ghost', size, className, disabled, onClick, ...rest } = props;
  return (
    <Tooltip text={shortcut === undefined ? label : `${label} (${shortcut})`}>
      <button
        type="button"
        {...rest}
        aria-label={label}
        aria-disabled={disabled}
        onClick={disabled === true ? undefined : onClick}
        aria-keyshortcuts={shortcut}
        className={buttonClass({ variant, size, square: true }, className)}
      >
        {icon}
      </button>
    </Tooltip>
  );
}

interface TooltipProps {
  /** A supplement: what must be known is on the screen or in the accessible name. */
  readonly text: string;
  /** One element that can have the focus: a button, a link. */
  readonly children: ReactElement<DOMAttributes<Element>, string>;
}

/** A few words beside an element while the pointer rests on it or it has the focus. */
function Tooltip({ text, children }: TooltipProps) {
  return (
    <TooltipTrigger delay={500} closeDelay={100}>
      <Focusable>{children}</Focusable>
      <AriaTooltip className={tipStyles.tip ?? ''} offset={6}>
        {text}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
