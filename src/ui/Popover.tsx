import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Popover as AriaPopover } from 'react-aria-components/Popover';
import { buttonClass, type ButtonLook } from './buttonClass.ts';
import styles from './overlay.module.css';

export interface PopoverProps extends ButtonLook {
  /** Accessible name of the button and of what it opens. */
  readonly label: string;
  /** What the button shows; the label when left out. */
  readonly trigger?: ReactNode;
  readonly children: ReactNode;
}

/** A button that opens a small panel beside it; Escape or a press outside closes it. */
export function Popover({ label, trigger, variant, size, children }: PopoverProps) {
  return (
    <DialogTrigger>
      <Button aria-label={label} className={buttonClass({ variant, size })}>
        {trigger ?? label}
      </Button>
      <AriaPopover className={styles.popover ?? ''} offset={4} placement="bottom end">
        <Dialog aria-label={label} className={styles.content ?? ''}>
          {children}
        </Dialog>
      </AriaPopover>
    </DialogTrigger>
  );
}
