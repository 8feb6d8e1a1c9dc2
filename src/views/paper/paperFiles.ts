import { appVersion } from '../../lib/appVersion.ts';
import { exchange } from '../../queries/exchange.ts';
import type { Question } from '../../queries/query.ts';
import { eventPage } from '../../queries/run/runEvents.ts';
import { type SheetLook, type Picture, svgFile } from '../../ui/export/figureSheet.ts';
import type { Fonts } from '../../ui/export/fonts.ts';
import { escapeLatex, latexTable, mostOnPage } from '../../ui/export/latex.ts';
import { pdfFile } from '../../ui/export/pdf.ts';
import { tableModel, csvText } from '../../ui/export/tableModel.ts';
import type { ZipEntry } from '../../ui/export/zipFile.ts';
import { experimentLabel } from '../shared/experimentWords.ts';
import { fingerprintOf } from '../shared/namedFile.ts';
import type { PaperFigure } from './paperFigures.ts';
import type { PaperExperiment, PaperTable } from './paperTables.ts';

/** A text of the appendix: a prompt or a trace. */
interface PaperText {
  readonly id: string;
  readonly name: string;
  readonly text: string;
}

/** Everything that goes into the archive. */
export interface Paper {
  readonly figures: readonly PaperFigure[];
  readonly tables: readonly PaperTable[];
  readonly texts: readonly PaperText[];
  /** Where the part of these experiments is from, one fact a line: `part` says which of them is shown. */
  readonly provenance: (experiments: readonly PaperExperiment[], part?: string) => readonly string[];
  readonly experiments: readonly PaperExperiment[];
}

/** Draws with the fonts that the words need. */
type WithFonts = <T>(draw: (fonts: Fonts) => T) => Promise<{ drawn: T }>;

/** The picture of one figure as it goes into the paper: light, in colour, with its names at the lines. */
export function paperLook({ widthMillimetres, isBeside }: PaperFigure): SheetLook {
  return {
    widthMillimetres,
    heightMillimetres: undefined,
    fontPoints: 7,
    isGrey: false,
    names: 'labels',
    isBeside,
    title: undefined,
    footnote: undefined,
    without: new Set(),
  };
}

/**
 * Figures as PDF, SVG and numbers, tables as LaTeX and CSV, texts, a README and a `paper.tex` that includes all of them. The same
 * files for the same experiments.
 */
export async function paperFiles(paper: Paper, withFonts: WithFonts): Promise<readonly ZipEntry[]> {
  const { figures, tables, texts, provenance } = paper;
  const drawn: ZipEntry[] = [];
  for (const figure of figures) {
    const { drawn: picture } = await withFonts((fonts): Picture =>
      figure.sheet.draw(paperLook(figure), fonts),
    );
    const notes = { title: figure.name, provenance: provenance([figure.of], figure.sheet.part) };
    drawn.push(
      { path: `figures/${figure.id}.pdf`, content: await pdfFile(picture, notes) },
      { path: `figures/${figure.id}.svg`, content: svgFile(picture, notes) },
      { path: `figures/${figure.id}.csv`, content: csvText(figure.numbers(), true, false) },
    );
  }
  const written = tables.flatMap((table): readonly ZipEntry[] => [
    {
      path: `tables/${table.id}.tex`,
      content: latexTable(tableModel(table.columns, table.rows, 'dollars'), {
        caption: table.caption,
        label: table.id,
        provenance: provenance(table.of),
      }),
    },
    {
      path: `tables/${table.id}.csv`,
      content: csvText(tableModel(table.columns, table.rows, 'cents'), true, false),
    },
  ]);
  const appendix = texts.flatMap(({ id, text }): readonly ZipEntry[] => [
    { path: `appendix/${id}.txt`, content: text },
    { path: `appendix/${id}.tex`, content: typewriter(text) },
  ]);
  return [
    { path: 'README.md', content: readme(paper) },
    { path: 'paper.tex', content: mainFile(paper) },
    ...figures.map((figure): ZipEntry => ({
      path: `figures/${figure.id}.tex`,
      content: figureFragment(figure),
    })),
    ...drawn,
    ...written,
    ...appendix,
  ];
}

function figureFragment({ id, caption, widthMillimetres }: PaperFigure): string {
  return [
    '\\begin{figure}[htbp]',
    '\\centering',
    `\\includegraphics[width=\\ifdim\\textwidth<${widthMillimetres}mm\\textwidth\\else${widthMillimetres}mm\\fi]{figures/${id}.pdf}`,
    `\\caption{${escapeLatex(caption)}}`,
    `\\label{fig:${id}}`,
    '\\end{figure}',
    '',
  ].join('\n');
}

/** Lines in typewriter type that break where they must, whatever stands in them. */
function typewriter(text: string): string {
  const lines = text.split(/\r\n|\r|\n/).map((line) => {
    const indent = /^[ \t]*/.exec(line)?.[0].length ?? 0;
    const words = escapeLatex(line.trim());
    return words === ''
      ? '\\mbox{}\\par'
      : `\\noindent${indent > 0 ? `\\hspace*{${indent / 2}em}` : '{}'}${words}\\par`;
  });
  return ['{\\footnotesize\\ttfamily\\raggedright\\sloppy', ...lines, '}', ''].join('\n');
}

function mainFile({ figures, tables, texts }: Paper): string {
  return [
    '% Everything that was exported, one after the other. Compile: pdflatex paper.tex, three times.',
    '\\documentclass[11pt,a4paper]{article}',
    '\\usepackage[T1]{fontenc}',
    '\\usepackage[utf8]{inputenc}',
    '\\usepackage{textcomp}',
    '\\usepackage[margin=20mm]{geometry}',
    '\\usepackage{graphicx}',
    '\\usepackage{booktabs}',
    '\\usepackage{longtable}',
    '\\begin{document}',
    '\\section*{Figures}',
    ...figures.flatMap(({ id }) => [`\\input{figures/${id}.tex}`, '\\clearpage']),
    '\\section*{Tables}',
    // A table over several pages does not wait, as those before it do: without this it would overtake them.
    ...tables.flatMap(({ id, rows }) => [
      ...(rows.length > mostOnPage ? ['\\clearpage'] : []),
      `\\input{tables/${id}.tex}`,
    ]),
    '\\clearpage',
    ...(texts.length === 0 ? [] : ['\\section*{Appendix}']),
    ...texts.flatMap(({ id, name }) => [
      `\\subsection*{${escapeLatex(name)}}`,
      `\\input{appendix/${id}.tex}`,
    ]),
    '\\end{document}',
    '',
  ].join('\n');
}

const markdownRow = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replace(/[\\|`*_<>[\]]/g, '\\$&').replace(/\s+/g, ' ')).join(' | ')} |`;

function iterationWords({ iterations }: PaperExperiment['detail']): string {
  const [first, last] = [iterations[0], iterations.at(-1)];
  return first === undefined || last === undefined ? 'none' : `${first.iteration} to ${last.iteration}`;
}

function readme({ figures, tables, texts, provenance, experiments }: Paper): string {
  return [
    '# Figures and tables',
    '',
    `Made with Iterscope ${appVersion}.`,
    '',
    '## Where the numbers come from',
    '',
    ...provenance(experiments).map((fact) => `- ${fact}`),
    '',
    '| Experiment | File | Iterations |',
    '| --- | --- | --- |',
    ...experiments.map(({ summary, file, detail }) =>
      markdownRow([summary.experimentId, `${file.name} ${fingerprintOf(file)}`, iterationWords(detail)]),
    ),
    '',
    '## How to compile',
    '',
    '`pdflatex paper.tex`, three times. Needed: booktabs, longtable, graphicx, geometry (TeX Live: latex-base and',
    'latex-recommended). Each figure and table is a file of its own for `\\input`. In texts of the file, frames drawn with',
    'characters are set as - = | +, and a character that pdfLaTeX has no letter for as its number (U+6F22).',
    '',
    '## What is here',
    '',
    ...figures.map(
      ({ id, name, caption }) =>
        `- \`figures/${id}\` (pdf, svg, tex; its numbers csv, in whole cents): ${name}. ${caption}`,
    ),
    ...tables.map(
      ({ id, name, caption }) =>
        `- \`tables/${id}\` (tex in dollars, csv in whole cents): ${name}. ${caption}`,
    ),
    ...texts.map(({ id, name }) => `- \`appendix/${id}\` (txt, tex): ${name}`),
    '',
  ].join('\n');
}

type Ask = <T>(question: Question<T>) => Promise<T>;

/** Events of the trace, as papers of this field print them. */
const traceEvents = 30;

/** The appendix: system prompt, one user prompt and one trace, of the first experiment that has them. */
export async function readTexts(
  experiments: readonly PaperExperiment[],
  ask: Ask,
): Promise<readonly PaperText[]> {
  return [
    ...(await firstOf(experiments, (one) => prompts(one, ask))),
    ...(await firstOf(experiments, (one) => trace(one, ask))),
  ];
}

async function firstOf(
  experiments: readonly PaperExperiment[],
  read: (one: PaperExperiment) => Promise<readonly PaperText[]>,
): Promise<readonly PaperText[]> {
  for (const one of experiments) {
    const found = await read(one);
    if (found.length > 0) return found;
  }
  return [];
}

async function prompts({ file, summary, detail }: PaperExperiment, ask: Ask): Promise<readonly PaperText[]> {
  const [first] = detail.proposals;
  if (first === undefined) return [];
  const { iteration, agentId } = first;
  const found = await ask(
    exchange.about({ fileId: file.fileId, experimentId: summary.experimentId, iteration, agentId }),
  );
  if (found?.systemPrompt === undefined || found.userPrompt === undefined) return [];
  const where = `${experimentLabel(summary.name, summary.experimentId)}, iteration ${iteration}, ${agentId}`;
  return [
    { id: 'system-prompt', name: `System prompt (${where})`, text: found.systemPrompt },
    { id: 'user-prompt', name: `User prompt (${where})`, text: found.userPrompt },
  ];
}

async function trace({ file, summary, detail }: PaperExperiment, ask: Ask): Promise<readonly PaperText[]> {
  const [agentId] = detail.agents;
  if (agentId === undefined) return [];
  // Many runs store no events; the first few tell.
  for (const { simulationId } of detail.runs.slice(0, 3)) {
    const events = await ask(
      eventPage.about({
        fileId: file.fileId,
        simulationId,
        filter: { agentId },
        offset: 0,
        limit: traceEvents,
      }),
    );
    if (events.length === 0) continue;
    const lines = events.map(({ tick, eventType, details }) => `tick ${tick} ${eventType} ${details}`);
    const name = `First ${events.length} events of ${agentId} in run ${simulationId} (${experimentLabel(summary.name, summary.experimentId)})`;
    return [{ id: 'trace', name, text: lines.join('\n') }];
  }
  return [];
}
