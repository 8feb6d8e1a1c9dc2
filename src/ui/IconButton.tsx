import type { ComponentProps, ReactNode } from 'react';
import { buttonClass, type ButtonLook } from './buttonClass.ts';
import { Tooltip } from './Tooltip.tsx';

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
