import X from 'lucide-react/icons/x';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { buttonClass } from './Button.tsx';
import { cx } from './cx.ts';
import styles from './Dialog.module.css';

export interface DialogProps {
  readonly title: string;
  readonly open: boolean;
  /** Escape, the cross, or a press beside the dialog. */
  readonly onClose: () => void;
  readonly actions?: ReactNode;
  readonly wide?: boolean | undefined;
  /** `alertdialog`: a question that must be answered, so a press beside it does not close it. */
  readonly role?: 'dialog' | 'alertdialog' | undefined;
  readonly children: ReactNode;
}

/** A modal dialog: holds the focus, gives it back, closes on Escape. */
export function Dialog({ title, open, onClose, actions, wide, role = 'dialog', children }: DialogProps) {
  return (
    <ModalOverlay
      className={styles.scrim ?? ''}
      isOpen={open}
      isDismissable={role === 'dialog'}
      onOpenChange={(stays) => {
        if (!stays) onClose();
      }}
    >
      <Modal className={cx(styles.modal, wide && styles.wide)}>
        <AriaDialog role={role} className={styles.dialog ?? ''}>
          <header className={styles.header}>
            <Heading slot="title" level={2} className={styles.title ?? ''}>
              {title}
            </Heading>
            {/* No tooltip: it would take the first Escape for itself. */}
            <button
              type="button"
              aria-label="Close"
              className={buttonClass({ variant: 'ghost', square: true })}
              onClick={onClose}
            >
              <X size={16} aria-hidden />
            </button>
          </header>
          <div className={styles.body}>{children}</div>
          {actions !== undefined && <div className={styles.actions}>{actions}</div>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
