import type { ComponentProps, ReactNode } from 'react';
import { buttonClass, type ButtonLook } from './buttonClass.ts';

export type LinkButtonProps = ComponentProps<'a'> &
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
