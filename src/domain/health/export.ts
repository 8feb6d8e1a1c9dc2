import { formatBytes } from '../../lib/format.ts';
import { dialectWords } from '../experiment/normalised.ts';
import type { HealthCheck, HealthReport, HealthSection } from './report.ts';

/** Who made the report, and when. */
export interface Made {
  readonly appVersion: string;
  /** ISO time with zone. */
  readonly at: string;
}

/** The line of facts under a file's name. */
export function fileWords({ file }: HealthReport): readonly string[] {
  const { sizeBytes, dialects, writerVersion, storageVersion, withLog, fingerprint, headFingerprint } = file;
  const writer =
    writerVersion === '' ? 'written by an unnamed DuckDB' : `DuckDB ${writerVersion.replace(/^v/, '')}`;
  return [
    sizeBytes === undefined ? 'size not known' : formatBytes(sizeBytes),
    ...dialects.map((dialect) => dialectWords[dialect]),
    `${writer}, storage ${storageVersion}`,
    withLog ? 'with its log' : 'no log',
    fingerprint === undefined
      ? `fingerprint ${headFingerprint} (size and head)`
      : `fingerprint ${fingerprint}`,
  ];
}

/** For machines: sections, checks and offending records by their codes. */
export function healthJson(reports: readonly HealthReport[], made: Made): string {
  const plain = reports.map(({ file, outcome, words, sections, sentence, recorded }) => ({
    file,
    outcome,
    words,
    sentence,
    recorded,
    sections: sections.map(({ checks, ...section }) => ({ ...section, checks: checks.map(plainCheck) })),
  }));
  return `${JSON.stringify({ format: 'iterscope-health', version: 1, ...made, files: plain }, undefined, 2)}\n`;
}

function plainCheck({ rows, ...check }: HealthCheck) {
  return { ...check, rows: rows.map((row) => ({ ...row })) };
}

const outcomeWords = {
  ok: 'ok',
  contradiction: 'contradiction',
  unreadable: 'unreadable',
  unknown: 'unknown',
  'not-run': 'not run',
} as const;

/** For people: a heading and a table per file, and every offending record that is listed. */
export function healthMarkdown(reports: readonly HealthReport[], made: Made): string {
  const parts = reports.map((report) =>
    [
      `## ${plain(report.file.name)}: ${report.words}`,
      fileWords(report).map(plain).join(' · '),
      plain(report.sentence),
      [
        '| Check | Outcome | Result | Tested | |',
        '| --- | --- | --- | --- | --- |',
        ...report.sections.flatMap(sectionLines),
      ].join('\n'),
      ...report.sections.flatMap(offendingLines),
    ].join('\n\n'),
  );
  return `# Health\n\nIterscope ${made.appVersion}, ${made.at}\n\n${parts.join('\n\n')}\n`;
}

function sectionLines(section: HealthSection): readonly string[] {
  const line = ({ title, outcome, words, tested, detail }: Omit<HealthCheck, 'rows'>, bold: boolean) =>
    `| ${bold ? `**${plain(title)}**` : plain(title)} | ${outcomeWords[outcome]} | ${plain(words)} | ${tested} | ${plain(detail)} |`;
  return [line(section, true), ...section.checks.map((check) => line(check, false))];
}

function offendingLines({ checks }: HealthSection): readonly string[] {
  return checks
    .filter(({ rows, outcome }) => rows.length > 0 && outcome !== 'ok')
    .map(({ title, rows }) =>
      [
        `### ${plain(title)}`,
        ...rows.map(({ subject, sentence }) =>
          subject === '' ? `- ${plain(sentence)}` : `- ${plain(subject)}: ${plain(sentence)}`,
        ),
      ].join('\n'),
    );
}

/** Text from a file stays text: it makes no table, link, emphasis or tag. */
function plain(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>|#!~]/g, (sign) => `\\${sign}`);
}

/** For a terminal. */
export function healthText(report: HealthReport): string {
  const marks = { ok: '+', contradiction: 'x', unreadable: '!', unknown: '?', 'not-run': '-' } as const;
  const lines = report.sections.flatMap((section) => [
    `  ${marks[section.outcome]} ${section.title.padEnd(18)}${section.words.padEnd(26)}${section.detail}`,
    ...section.checks
      .filter(({ outcome }) => outcome === 'contradiction' || outcome === 'unreadable')
      .flatMap(checkLines),
  ]);
  return [
    `${report.file.name}: ${report.words}`,
    `  ${fileWords(report).join(', ')}`,
    ...lines,
    `  For the paper: ${report.sentence}`,
  ]
    .map(withoutControls)
    .join('\n');
}

const shownRows = 20;

function checkLines({ code, words, rows, count }: HealthCheck): readonly string[] {
  const rest = count - Math.min(rows.length, shownRows);
  return [
    `      ${code}: ${words}`,
    ...rows
      .slice(0, shownRows)
      .map(({ subject, sentence }) => `        ${subject === '' ? '' : `${subject}: `}${sentence}`),
    ...(rest > 0 ? [`        and ${rest} more`] : []),
  ];
}

/** A text from a file must not steer the terminal. */
export function withoutControls(line: string): string {
  return line.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ');
}
