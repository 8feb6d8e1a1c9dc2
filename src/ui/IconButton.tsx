import type { ComponentProps, DOMAttributes, ReactElement, ReactNode } from 'react';
import { buttonClass, type ButtonLook } from './buttonClass.ts';
import { Focusable } from 'react-aria-components/Focusable';
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components/Tooltip';
import styles from './Tooltip.module.css';

export type IconButtonProps = Omit<ComponentProps<'button'>, 'aria-label' | 'children' | 'title'> &
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
      <AriaTooltip className={styles.tip ?? ''} offset={6}>
        {text}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
