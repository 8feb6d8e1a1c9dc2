import Download from 'lucide-react/icons/download';
import { useState } from 'react';

import { healthJson, healthMarkdown } from '../../domain/health/export.ts';
import type { HealthReport } from '../../domain/health/report.ts';
import { appVersion } from '../../lib/appVersion.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { saveFile } from '../../ui/files.ts';
import styles from './HealthView.module.css';

const formats = {
  JSON: { ending: 'json', type: 'application/json', make: healthJson },
  Markdown: { ending: 'md', type: 'text/markdown;charset=utf-8', make: healthMarkdown },
} as const;
type Format = keyof typeof formats;
const names = Object.keys(formats) as readonly Format[];

/** Saves the reports that are on screen, each with its file's fingerprint, the release and the time. */
export function ExportReport({ reports }: { readonly reports: readonly HealthReport[] }) {
  const [isOpen, setOpen] = useState(false);
  const [format, setFormat] = useState<Format>('JSON');
  const [first] = reports;
  const save = () => {
    const { ending, type, make } = formats[format];
    const name = reports.length === 1 && first !== undefined ? `${first.file.name}-health` : 'health';
    saveFile(`${name}.${ending}`, type, make(reports, { appVersion, at: new Date().toISOString() }));
    setOpen(false);
  };
  return (
    <>
      <Button icon={<Download size={14} aria-hidden />} onClick={() => setOpen(true)}>
        Export report
      </Button>
      <Dialog
        title="Export"
        open={isOpen}
        onClose={() => setOpen(false)}
        actions={
          <Button variant="primary" onClick={save}>
            Download
          </Button>
        }
      >
        <div role="radiogroup" aria-label="Format" className={styles.formats}>
          {names.map((name) => (
            <label key={name}>
              <input
                type="radio"
                name="health-format"
                checked={format === name}
                onChange={() => setFormat(name)}
              />
              {name}
            </label>
          ))}
        </div>
      </Dialog>
    </>
  );
}
