import { useState, useEffect, useMemo } from 'react';

import { drawnParameters } from '../../charts/shape/figurePanels.ts';
import { useSessionState } from '../../data/SessionContext.tsx';
import type { OpenFile } from '../../data/session/state.ts';
import { useAsk, useJoinedAnswers } from '../../data/useAnswer.ts';
import type { ExperimentSummary } from '../../domain/experiment/normalised.ts';
import { plural } from '../../lib/format.ts';
import { experimentDetail, experimentFacts } from '../../queries/experimentDetail.ts';
import { experimentList } from '../../queries/experimentList.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import { svgFile } from '../../ui/export/figureSheet.ts';
import { withFonts } from '../../ui/export/fonts.ts';
import { provenanceLines } from '../../ui/export/origin.ts';
import { zipFile } from '../../ui/export/zipFile.ts';
import { saveFile } from '../../ui/files.ts';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import { PageBody, PageHead } from '../shared/Page.tsx';
import { experimentLabel } from '../shared/experimentWords.ts';
import { originOf, inLinkOrder } from '../shared/namedFile.ts';
import { useAddress } from '../shared/useAddress.ts';
import styles from './Paper.module.css';
import { mostExperiments, paperFields } from './fields.ts';
import { type PaperFigure, figuresOf } from './paperFigures.ts';
import { paperFiles, type Paper, paperLook, readTexts } from './paperFiles.ts';
import {
  bootstrapTable,
  iterationsTable,
  passesTable,
  passGroups,
  resultsTable,
  terminationTable,
  type PaperExperiment,
} from './paperTables.ts';

/** Tables over all experiments first, then those and the figures of each, named by their place. */
export function contentOf(experiments: readonly PaperExperiment[]) {
  const groups = passGroups(experiments);
  const parameterOf = ({ detail }: PaperExperiment): string | undefined => drawnParameters(detail)[0];
  const tables =
    experiments.length === 0
      ? []
      : [
          terminationTable(groups),
          resultsTable(experiments),
          ...groups.flatMap((group, index) =>
            group.passes[0] === undefined
              ? []
              : [passesTable(group, String(index + 1), parameterOf(group.passes[0]))],
          ),
          ...experiments.flatMap((one, index) => {
            const id = String(index + 1);
            return [iterationsTable(one, id, parameterOf(one)), bootstrapTable(one, id) ?? []].flat();
          }),
        ];
  const figures = experiments.flatMap((one, index) => figuresOf(one, String(index + 1), parameterOf(one)));
  return { tables, figures };
}

/** The figures and tables that papers of this field print, of the experiments chosen, in one archive. */
export function PaperView() {
  const { search, patch } = useAddress(paperFields);
  const paper = usePaper(search.x, search.db);
  const { choices, figures, tables, experiments } = paper;
  const chosen = choices.filter(({ isChosen }) => isChosen);
  const toggle = (id: string): void => {
    const next = choices.flatMap((choice) => ((choice.id === id) === choice.isChosen ? [] : [choice.id]));
    patch({ x: next.slice(0, mostExperiments) });
  };
  return (
    <>
      <PageHead
        title="Paper"
        actions={<DownloadPaper {...paper} isReady={!paper.pending && experiments.length > 0} />}
      >
        <span>
          {plural(experiments.length, 'experiment')}, {plural(figures.length, 'figure')},{' '}
          {plural(tables.length, 'table')}
        </span>
      </PageHead>
      <PageBody>
        {paper.error !== undefined && <ErrorNotice error={paper.error} doing="reading the experiments" />}
        {paper.missing.length > 0 && <Notice>In no open file: {paper.missing.join(', ')}.</Notice>}
        {paper.pending && <ProgressBar doing="Reading the experiments" />}
        <Card title="Experiments" aside={`${chosen.length} of ${choices.length}`} padded>
          <Choices choices={choices} onToggle={toggle} />
        </Card>
        {tables.map((table) => (
          <Card key={table.id} title={table.name}>
            <DataGrid
              name={table.name}
              columns={table.columns}
              rows={table.rows}
              rowKey={(row) => String(table.rows.indexOf(row))}
              emptyText="Nothing is recorded."
              maxHeight={360}
            />
            <p className={styles.caption}>{table.caption}</p>
          </Card>
        ))}
        {figures.map((figure) => (
          <Card key={figure.id} title={figure.name} padded>
            <FigurePreview figure={figure} />
            <p className={styles.caption}>{figure.caption}</p>
          </Card>
        ))}
      </PageBody>
    </>
  );
}

interface ChoicesProps {
  readonly choices: readonly Choice[];
  readonly onToggle: (id: string) => void;
}

function Choices({ choices, onToggle }: ChoicesProps) {
  return (
    <fieldset className={styles.choices}>
      <legend>
        <VisuallyHidden>Experiments of the paper</VisuallyHidden>
      </legend>
      {choices.map(({ id, name, fileName, isChosen }) => (
        <label key={`${fileName} ${id}`}>
          <input type="checkbox" checked={isChosen} onChange={() => onToggle(id)} />{' '}
          {experimentLabel(name, id)} <span className={styles.file}>{fileName}</span>
        </label>
      ))}
    </fieldset>
  );
}

type DownloadProps = Pick<ReturnType<typeof usePaper>, 'experiments' | 'figures' | 'tables'> & {
  readonly isReady: boolean;
};

/** Puts everything into one zip. */
function DownloadPaper({ experiments, figures, tables, isReady }: DownloadProps) {
  const ask = useAsk();
  const [said, setSaid] = useState('');
  const [isBusy, setBusy] = useState(false);
  const make = async (): Promise<void> => {
    const texts = await readTexts(experiments, ask);
    const address = window.location.href;
    const provenance: Paper['provenance'] = (shown, part) => {
      const ids = shown.map(({ summary }) => summary.experimentId).join(', ');
      return provenanceLines(originOf([...new Set(shown.map(({ file }) => file))], ids), part, address);
    };
    const entries = await paperFiles({ figures, tables, texts, provenance, experiments }, withFonts);
    saveFile('paper.zip', 'application/zip', await zipFile(entries));
  };
  const start = (): void => {
    setBusy(true);
    setSaid('Drawing and writing');
    make()
      .then(
        () => setSaid('Saved paper.zip'),
        (error: unknown) => setSaid(error instanceof Error ? error.message : String(error)),
      )
      .finally(() => setBusy(false));
  };
  return (
    <>
      <span role="status">{said}</span>
      <Button variant="primary" disabled={!isReady} isBusy={isBusy} onClick={start}>
        Download the paper
      </Button>
    </>
  );
}

/** The figure as it will stand in the paper. */
function FigurePreview({ figure }: { readonly figure: PaperFigure }) {
  const [source, setSource] = useState<string>();
  const [failure, setFailure] = useState<string>();
  useEffect(() => {
    let isCurrent = true;
    withFonts((fonts) => figure.sheet.draw(paperLook(figure), fonts)).then(
      ({ drawn }) => {
        const svg = svgFile(drawn, { title: figure.name, provenance: [] });
        if (isCurrent) setSource(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`);
      },
      (error: unknown) => setFailure(error instanceof Error ? error.message : String(error)),
    );
    return () => {
      isCurrent = false;
    };
  }, [figure]);
  if (failure !== undefined) return <p role="alert">{failure}</p>;
  return source === undefined ? null : <img className={styles.figure} src={source} alt={figure.caption} />;
}

/** One experiment that the paper can hold. */
interface Choice {
  readonly id: string;
  readonly name: string;
  readonly fileName: string;
  readonly isChosen: boolean;
}

interface Held {
  readonly file: OpenFile;
  readonly summary: ExperimentSummary;
}

/** Everything of the paper over the experiments chosen: all where none is named, each from the first file that holds it. */
function usePaper(ids: readonly string[] | undefined, db: readonly string[] | undefined) {
  const { files: open } = useSessionState();
  const files = useMemo(() => inLinkOrder(open, db), [open, db]);
  const lists = useJoinedAnswers(files.map(({ fileId }) => experimentList.about({ fileId })));
  const held = useMemo(() => {
    const seen = new Set<string>();
    return files.flatMap((file, index) =>
      (lists.data[index] ?? []).flatMap((summary): readonly Held[] => {
        if (seen.has(summary.experimentId)) return [];
        seen.add(summary.experimentId);
        return [{ file, summary }];
      }),
    );
  }, [files, lists.data]);
  const chosen = useMemo(() => {
    const wanted = ids === undefined ? undefined : new Set<string>(ids);
    return held
      .filter(({ summary }) => wanted?.has(summary.experimentId) ?? summary.iterationCount > 0)
      .slice(0, mostExperiments);
  }, [held, ids]);
  const scopes = chosen.map(({ file, summary }) => ({
    fileId: file.fileId,
    experimentId: summary.experimentId,
  }));
  const details = useJoinedAnswers(scopes.map((scope) => experimentDetail.about(scope)));
  const facts = useJoinedAnswers(scopes.map((scope) => experimentFacts.about(scope)));
  const experiments = useMemo(
    () =>
      chosen.flatMap(({ file, summary }, index): readonly PaperExperiment[] => {
        const detail = details.data[index];
        if (detail == null) return [];
        const configText = facts.data[index]?.configText;
        return [{ file, summary, detail, configText }];
      }),
    [chosen, details.data, facts.data],
  );
  const content = useMemo(() => contentOf(experiments), [experiments]);
  const choices = useMemo(
    () =>
      held.map(({ file, summary }): Choice => ({
        id: summary.experimentId,
        name: summary.name,
        fileName: file.name,
        isChosen: chosen.some((one) => one.summary === summary),
      })),
    [held, chosen],
  );
  const missing =
    lists.isPending || ids === undefined
      ? []
      : ids.filter((id) => !held.some(({ summary }) => summary.experimentId === id));
  return {
    ...content,
    experiments,
    choices,
    missing,
    pending: lists.isLoading || details.isLoading || facts.isLoading,
    error: lists.error ?? details.error ?? facts.error,
  };
}
