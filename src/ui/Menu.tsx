import Check from 'lucide-react/icons/check';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Menu as AriaMenu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { buttonClass, type ButtonLook } from './buttonClass.ts';
import styles from './overlay.module.css';

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly icon?: ReactNode;
  readonly disabled?: boolean | undefined;
}

export interface MenuProps extends ButtonLook {
  /** Accessible name of the button and of the menu. */
  readonly label: string;
  readonly trigger?: ReactNode;
  readonly entries: readonly MenuEntry[];
  readonly onAction?: ((id: string) => void) | undefined;
  /** With it, entries are ticked on and off and the menu stays open. */
  readonly checked?: ReadonlySet<string> | undefined;
  readonly onCheckedChange?: ((checked: ReadonlySet<string>) => void) | undefined;
}

/** A button with a list of things to do, or of things to tick. */
export function Menu(props: MenuProps) {
  const { label, trigger, entries, onAction, checked, onCheckedChange, variant, size } = props;
  const ticks = checked !== undefined;
  return (
    <MenuTrigger>
      <Button aria-label={label} className={buttonClass({ variant, size })}>
        {trigger ?? label}
      </Button>
      <Popover className={styles.popover ?? ''} offset={4} placement="bottom end">
        <AriaMenu
          aria-label={label}
          className={styles.menu ?? ''}
          selectionMode={ticks ? 'multiple' : 'none'}
          selectedKeys={checked ?? []}
          shouldCloseOnSelect={!ticks}
          onSelectionChange={(keys) =>
            onCheckedChange?.(
              new Set(entries.map(({ id }) => id).filter((id) => keys === 'all' || keys.has(id))),
            )
          }
          onAction={(key) => onAction?.(String(key))}
        >
          {entries.map(({ id, label: words, hint, icon, disabled = false }) => (
            <MenuItem
              key={id}
              id={id}
              textValue={words}
              isDisabled={disabled}
              className={styles.item ?? ''}
              shouldCloseOnSelect={!ticks}
            >
              {ticks && (
                <span className={styles.check}>{checked.has(id) && <Check size={14} aria-hidden />}</span>
              )}
              {icon}
              {words}
              {hint !== undefined && <span className={styles.hint}>{hint}</span>}
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
