import Maximize from 'lucide-react/icons/maximize';
import ZoomIn from 'lucide-react/icons/zoom-in';
import ZoomOut from 'lucide-react/icons/zoom-out';
import { useMemo, useRef, useState } from 'react';

import type { TreePair } from '../../domain/policy/diff/changes.ts';
import { markTrees, type MarkedTree } from '../../domain/policy/diff/marks.ts';
import { nodeText } from '../../domain/policy/tree/policyText.ts';
import { treeWords } from '../../domain/policy/tree/readPolicy.ts';
import { IconButton } from '../../ui/Button.tsx';
import type { ComparedPolicies, ReadSide } from './comparison.ts';
import { MarkLegend, wordsOf } from './Outline.tsx';
import { TreeDrawing, drawingLimit, layoutTree } from './TreeDrawing.tsx';
import styles from './Trees.module.css';

/** The trees of both policies side by side, drawn. */
export function Trees({ comparison }: { comparison: ComparedPolicies }) {
  const [scale, setScale] = useState(1);
  const area = useRef<HTMLDivElement>(null);
  const { trees } = comparison.diff;
  if (trees.length === 0) return <p className={styles.words}>Neither policy has a tree.</p>;
  const fit = () => {
    const drawings = [...(area.current?.querySelectorAll('svg[role=tree]') ?? [])];
    const ratios = drawings.map((svg) => {
      const width = svg.getBoundingClientRect().width / scale;
      return ((svg.parentElement?.clientWidth ?? width) - 2) / width;
    });
    setScale(Math.max(0.2, Math.min(1, ...ratios)));
  };
  return (
    <div className={styles.trees} ref={area}>
      <div className={styles.bar}>
        <MarkLegend />
        <span className={styles.zoom}>
          <IconButton
            label="Zoom out"
            size="small"
            icon={<ZoomOut size={14} aria-hidden />}
            onClick={() => setScale(Math.max(0.2, scale / 1.25))}
          />
          <IconButton
            label="Zoom in"
            size="small"
            icon={<ZoomIn size={14} aria-hidden />}
            onClick={() => setScale(Math.min(3, scale * 1.25))}
          />
          <IconButton
            label="Fit the trees into their frames"
            size="small"
            icon={<Maximize size={14} aria-hidden />}
            onClick={fit}
          />
        </span>
      </div>
      {trees.map((pair) => (
        <Pair key={pair.name} pair={pair} comparison={comparison} scale={scale} />
      ))}
    </div>
  );
}

interface PairProps {
  readonly pair: TreePair;
  readonly comparison: ComparedPolicies;
  readonly scale: number;
}

function Pair({ pair, comparison, scale }: PairProps) {
  const { before, after, diff } = comparison;
  const marked = useMemo(() => markTrees(diff, pair), [diff, pair]);
  return (
    <section className={styles.pair}>
      <h3>{treeWords(pair.name)}</h3>
      <div className={styles.sides}>
        <Side side={before} name={pair.name} marked={marked.before} scale={scale} />
        <Side side={after} name={pair.name} marked={marked.after} scale={scale} />
      </div>
    </section>
  );
}

interface SideProps {
  readonly side: ReadSide;
  readonly name: string;
  readonly marked: MarkedTree | undefined;
  readonly scale: number;
}

function Side({ side, name, marked, scale }: SideProps) {
  return (
    <div className={styles.side}>
      <span className={styles.label}>{side.label}</span>
      {marked === undefined || side.policy === undefined ? (
        <p className={styles.words}>No {treeWords(name)}.</p>
      ) : marked.tree.nodes.length > drawingLimit ? (
        <p className={styles.words}>
          {marked.tree.nodes.length} nodes are too many to draw; the outline shows them.
        </p>
      ) : (
        <Drawn side={side} name={name} marked={marked} parameters={side.policy.parameters} scale={scale} />
      )}
    </div>
  );
}

interface DrawnProps extends SideProps {
  readonly marked: MarkedTree;
  readonly parameters: Parameters<typeof nodeText>[1];
}

function Drawn({ side, name, marked, parameters, scale }: DrawnProps) {
  const layout = useMemo(() => layoutTree(marked.tree), [marked.tree]);
  const [chosen, setChosen] = useState(0);
  const active = Math.min(chosen, marked.tree.nodes.length - 1);
  const node = marked.tree.nodes[active];
  const mark = marked.marks[active];
  return (
    <>
      <TreeDrawing
        name={`${treeWords(name)}, ${side.label}`}
        marked={marked}
        layout={layout}
        parameters={parameters}
        scale={scale}
        active={active}
        onActive={setChosen}
      />
      {node !== undefined && mark !== undefined && (
        <p className={styles.readout}>
          <code>{nodeText(node, parameters)}</code>
          {[
            wordsOf(mark),
            node.description,
            node.problem,
            node.nodeId === undefined ? undefined : `named ${node.nodeId}`,
          ]
            .filter((words) => words !== undefined && words !== '')
            .map((words) => (
              <span key={words}> · {words}</span>
            ))}
        </p>
      )}
    </>
  );
}
