import type { ComponentProps, ReactNode } from 'react';
import { buttonClass, type ButtonLook } from './buttonClass.ts';

export type ButtonProps = ComponentProps<'button'> & ButtonLook & { readonly icon?: ReactNode };

/** A button with words; `type="button"` unless told otherwise. */
export function Button({ variant, size, icon, className, children, ...rest }: ButtonProps) {
  return (
    <button type="button" {...rest} className={buttonClass({ variant, size }, className)}>
      {icon}
      {children}
    </button>
  );
}
