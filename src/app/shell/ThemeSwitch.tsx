import Monitor from 'lucide-react/icons/monitor';
import Moon from 'lucide-react/icons/moon';
import Sun from 'lucide-react/icons/sun';
import { useEffect, useState } from 'react';

import { loadPreference, savePreference } from '../../storage/preferences.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { applyTheme, THEMES, type Theme } from '../../ui/theme.ts';

const icons = { system: Monitor, light: Sun, dark: Moon };

/** Goes round system, light and dark; the choice is remembered in this browser. */
export function ThemeSwitch() {
  const [theme, setTheme] = useState<Theme>(() => loadPreference('theme', THEMES) ?? 'system');
  useEffect(() => applyTheme(theme), [theme]);
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
  const Icon = icons[theme];
  return (
    <IconButton
      label={`Theme: ${theme}. Change to ${next}`}
      icon={<Icon size={16} aria-hidden />}
      onClick={() => {
        savePreference('theme', next);
        setTheme(next);
      }}
    />
  );
}
