import type { ComponentProps, ReactNode } from 'react';
import { buttonClass, type ButtonLook } from './buttonClass.ts';

export type ButtonProps = ComponentProps<'button'> &
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
