import styles from './Kbd.module.css';

const SIGNS: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  ' ': 'Space',
};

/** One key, named as in `KeyboardEvent.key`. */
export function Kbd({ name }: { readonly name: string }) {
  return <kbd className={styles.kbd}>{SIGNS[name] ?? name}</kbd>;
}
