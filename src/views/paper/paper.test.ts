import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { beforeAll, expect, test } from 'vitest';

import { verdictWord } from '../../domain/experiment/verdict.ts';
import type { OpenFile } from '../../data/session/state.ts';
import type { BlockingEngine } from '../../engine/wasm/blockingEngine.ts';
import { fileId } from '../../lib/ids.ts';
import { experimentDetail, experimentFacts } from '../../queries/experimentDetail.ts';
import { experimentList } from '../../queries/experimentList.ts';
import { iterationDetail } from '../../queries/iterationDetail.ts';
import { ask } from '../../testing/ask.ts';
import { openFixture } from '../../testing/openFixture.ts';
import { describeRealFile } from '../../testing/realFile.ts';
import { loadFonts, type Fonts } from '../../ui/export/fonts.ts';
import { paperFiles } from './paperFiles.ts';
import { lastSampled, type PaperExperiment } from './paperTables.ts';
import { contentOf } from './PaperView.tsx';

const file = fileId('f1');
const open = {
  fileId: file,
  name: 'results.db',
  linkToken: 'file:results.db~0a1b2c3d',
  prints: { head: '0a1b2c3d' },
} as OpenFile;

async function experimentsOf(engine: BlockingEngine): Promise<readonly PaperExperiment[]> {
  const experiments: PaperExperiment[] = [];
  for (const summary of await ask(engine, experimentList, { fileId: file })) {
    const scope = { fileId: file, experimentId: summary.experimentId };
    const detail = await ask(engine, experimentDetail, scope);
    const facts = await ask(engine, experimentFacts, scope);
    if (detail !== undefined)
      experiments.push({ file: open, summary, detail, configText: facts?.configText });
  }
  return experiments;
}

async function latinFonts(): Promise<Fonts> {
  const folder = path.resolve(import.meta.dirname, '../../../node_modules/@fontsource/inter/files');
  const read = async (script: string, weight: number) => {
    const bytes = await readFile(path.join(folder, `inter-${script}-${weight}-normal.woff`));
    return new Uint8Array(bytes).buffer;
  };
  return loadFonts(read, ['latin']);
}

describeRealFile('bootstrap.db', (path) => {
  let engine: BlockingEngine;
  let experiments: readonly PaperExperiment[];
  beforeAll(async () => {
    ({ engine } = await openFixture(path));
    experiments = await experimentsOf(engine);
  });

  test('bootstrap statistics are those of the stored samples, computed apart', async () => {
    let compared = 0;
    for (const { summary, detail } of experiments) {
      for (const proposal of lastSampled(detail)) {
        const ofIteration = await ask(engine, iterationDetail, {
          fileId: file,
          experimentId: summary.experimentId,
          iteration: proposal.iteration,
        });
        const samples =
          ofIteration?.agents.find(({ agentId }) => agentId === proposal.agentId)?.samples ?? [];
        const costs = samples.map(({ newCostCents }) => Number(newCostCents));
        const n = costs.length;
        const mean = costs.reduce((sum, cost) => sum + cost, 0) / n;
        const deviation = Math.sqrt(costs.reduce((sum, cost) => sum + (cost - mean) ** 2, 0) / (n - 1));
        // Student's t for 49 degrees of freedom, as the writer rounds it.
        expect(n).toBe(50);
        const margin = (2.021 * deviation) / Math.sqrt(n);
        expect(proposal.sampleCount).toBe(n);
        expect(Number(proposal.newCostCents)).toBe(Math.floor(mean));
        expect(Number(proposal.newCostStdDevCents)).toBe(Math.trunc(deviation));
        expect(proposal.newCostIntervalCents?.map(Number)).toEqual([
          Math.trunc(mean - margin),
          Math.trunc(mean + margin),
        ]);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThanOrEqual(2);
  });

  test('the archive holds every figure and table once, twice the same, with braces that match', async () => {
    const fonts = await latinFonts();
    const { tables, figures } = contentOf(experiments);
    const paper = {
      tables,
      figures,
      texts: [{ id: 'system-prompt', name: 'Prompt', text: 'a_b {c}\n\n  50 % → $x^2$ 漢' }],
      provenance: (of: readonly PaperExperiment[], part?: string) => [
        ...of.map(({ summary }) => `Subject: ${summary.experimentId}`),
        ...(part === undefined ? [] : [`Part: ${part}`]),
      ],
      experiments,
    };
    const make = () => paperFiles(paper, (draw) => Promise.resolve({ drawn: draw(fonts) }));
    const [files, again] = [await make(), await make()];
    expect(files.map(({ path: name }) => name)).toEqual([...new Set(files.map(({ path: name }) => name))]);
    files.forEach(({ content }, index) => expect(content).toEqual(again[index]?.content));
    const numbersOf = (id: string): readonly (readonly string[])[] =>
      String(files.find(({ path: name }) => name === `figures/${id}.csv`)?.content)
        .trimEnd()
        .split('\r\n')
        .map((line) => line.split(','));
    const [detail] = experiments.map((one) => one.detail);
    const [agent] = detail?.agents ?? [];
    const own = detail?.proposals.filter(({ agentId }) => agentId === agent) ?? [];
    // Head with "95 % of the mean new cost, from" in quotes, which has a comma of its own.
    expect(numbersOf('variance-1-1').slice(1)).toEqual(
      own.map(({ iteration, agentId, ...stored }) =>
        [
          iteration,
          agentId,
          verdictWord(stored.verdict, stored.invalidBecause),
          stored.newCostCents,
          stored.newCostStdDevCents,
          ...(stored.newCostIntervalCents ?? ['', '']),
          stored.sampleCount,
        ].map((value) => String(value ?? '')),
      ),
    );
    const [head = [], ...drawn] = numbersOf('convergence-1-1');
    const at = head.indexOf(`${agent} New cost (cents)`);
    const rejected = own.filter(({ verdict }) => verdict === 'rejected');
    expect(rejected.length).toBeGreaterThan(0);
    for (const { iteration, newCostCents } of rejected)
      expect(drawn.find(([first]) => first === String(iteration))?.[at]).toBe(String(newCostCents));
    const names = new Set(files.map(({ path: name }) => name));
    const main = String(files.find(({ path: name }) => name === 'paper.tex')?.content);
    for (const [, included] of main.matchAll(/\\input\{([^}]*)\}/g)) expect(names).toContain(included);
    for (const { path: name, content } of files) {
      if (typeof content !== 'string' || !name.endsWith('.tex')) continue;
      const bare = content.replace(/\\[{}\\]/g, '');
      expect([name, bare.split('{').length]).toEqual([name, bare.split('}').length]);
      for (const [, image] of content.matchAll(/\\includegraphics\[.*\]\{([^}]*)\}/g))
        expect(names).toContain(image);
    }
    const [first] = tables;
    if (first === undefined) throw new Error('no table');
    const hostile = { ...first, columns: [{ id: 'x', header: '@x', value: () => '=1+1' }], rows: first.rows };
    const held = await paperFiles({ ...paper, tables: [hostile], figures: [], texts: [] }, () => {
      throw new Error('no figure');
    });
    // A spreadsheet runs none of it; the head of the file is the first column's name, for every other reader.
    expect(String(held.find(({ path: name }) => name.endsWith('.csv'))?.content).split('\r\n')).toEqual([
      "'@x",
      ...first.rows.map(() => "'=1+1"),
      '',
    ]);
    expect(tables.map(({ id }) => id)).toContain('bootstrap-1');
    // What is of one experiment says which: in its caption, where no other has it, and in its origin.
    const captions = [...tables, ...figures].map(({ caption }) => caption);
    expect(captions).toEqual([...new Set(captions)]);
    const bootstrap = String(files.find(({ path: name }) => name === 'tables/bootstrap-1.tex')?.content);
    expect(bootstrap.match(/^% Subject: .*$/gm)).toEqual([
      `% Subject: ${experiments[0]?.summary.experimentId}`,
    ]);
    expect(figures.map(({ id }) => id)).toContain('variance-1-1');
    for (const { id } of figures) expect(names).toContain(`figures/${id}.csv`);
  });
});
