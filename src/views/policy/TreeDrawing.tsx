import { hierarchy, tree as tidyTree } from 'd3-hierarchy';
import { useRef, type KeyboardEvent } from 'react';

import type { MarkedTree, NodeMark } from '../../domain/policy/diff/marks.ts';
import { nodeText } from '../../domain/policy/tree/policyText.ts';
import { childrenOf, type PolicyTree, type StoredNode } from '../../domain/policy/tree/readPolicy.ts';
import { cx } from '../../ui/cx.ts';
import styles from './TreeDrawing.module.css';
import marks from './marks.module.css';
import { signsOf, wordsOf } from './Outline.tsx';

interface TreeDrawingProps {
  readonly name: string;
  readonly marked: MarkedTree;
  readonly layout: TreeLayout;
  readonly parameters: Parameters<typeof nodeText>[1];
  readonly scale: number;
  readonly active: number;
  readonly onActive: (index: number) => void;
}

const unmarked: NodeMark = { state: 'same', words: [], unreachable: undefined };
/** Letters of the monospaced face that fit into a box beside its sign. */
const fittingLetters = 26;

/** One tree, growing to the right; arrow keys follow its branches. */
export function TreeDrawing(props: TreeDrawingProps) {
  const { name, marked, layout, parameters, scale, active, onActive } = props;
  const drawing = useRef<SVGSVGElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const next = nextNode(marked.tree, active, event.key);
    if (next === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    onActive(next);
    const items = drawing.current?.querySelectorAll<SVGGElement>('[role=treeitem]');
    items?.[next]?.focus();
    items?.[next]?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };
  return (
    <div className={styles.scroller}>
      <svg
        ref={drawing}
        role="tree"
        aria-label={name}
        width={layout.width * scale}
        height={layout.height * scale}
        viewBox={`0 0 ${layout.width} ${layout.height}`}
        onKeyDown={onKeyDown}
      >
        <g aria-hidden>
          {layout.placed.map((place) => (
            <Edge
              key={place.node.index}
              place={place}
              layout={layout}
              mark={marked.marks[place.node.index]}
            />
          ))}
        </g>
        {layout.placed.map((place) => {
          const { index } = place.node;
          return (
            <Node
              key={index}
              place={place}
              mark={marked.marks[index] ?? unmarked}
              text={nodeText(place.node, parameters)}
              isActive={index === active}
              onActive={() => onActive(index)}
            />
          );
        })}
      </svg>
    </div>
  );
}

interface EdgeProps {
  readonly place: PlacedNode;
  readonly layout: TreeLayout;
  readonly mark: NodeMark | undefined;
}

function Edge({ place, layout, mark }: EdgeProps) {
  const parent = place.node.parent === undefined ? undefined : layout.placed[place.node.parent];
  if (parent === undefined) return null;
  const [x1, x2] = [parent.x + nodeWidth, place.x];
  const bend = x1 + 14;
  return (
    <>
      <path
        className={cx(styles.edge, mark?.unreachable !== undefined && styles.dashed)}
        d={`M${x1},${parent.y} H${bend} V${place.y} H${x2}`}
      />
      <text className={styles.answer} x={x2 - 4} y={place.y - 4} textAnchor="end">
        {place.node.branch === 'on_true' ? 'yes' : 'no'}
      </text>
    </>
  );
}

interface NodeProps {
  readonly place: PlacedNode;
  readonly mark: NodeMark;
  readonly text: string;
  readonly isActive: boolean;
  readonly onActive: () => void;
}

function Node({ place, mark, text, isActive, onActive }: NodeProps) {
  const { node, x, y } = place;
  const words = wordsOf(mark);
  const answer = node.branch === undefined ? '' : node.branch === 'on_true' ? 'yes: ' : 'no: ';
  const short = text.length > fittingLetters ? `${text.slice(0, fittingLetters - 1)}…` : text;
  return (
    <g
      role="treeitem"
      aria-level={node.depth + 1}
      aria-selected={isActive}
      aria-label={`${answer}${text}${words === '' ? '' : `, ${words}`}`}
      tabIndex={isActive ? 0 : -1}
      className={cx(
        styles.node,
        marks[mark.state],
        mark.state === 'same' && styles.plain,
        mark.unreachable !== undefined && styles.never,
      )}
      transform={`translate(${x},${y - nodeHeight / 2})`}
      onFocus={onActive}
      onClick={(event) => event.currentTarget.focus()}
    >
      {node.kind === 'condition' ? (
        <polygon
          className={styles.box}
          points={`8,0 ${nodeWidth - 8},0 ${nodeWidth},${nodeHeight / 2} ${nodeWidth - 8},${nodeHeight} 8,${nodeHeight} 0,${nodeHeight / 2}`}
        />
      ) : (
        <rect
          className={styles.box}
          width={nodeWidth}
          height={nodeHeight}
          rx={node.kind === 'action' ? 5 : 0}
        />
      )}
      <text className={styles.sign} x={10} y={nodeHeight / 2 + 4}>
        {signsOf(mark)}
      </text>
      <text
        className={styles.label}
        x={mark.state === 'same' && mark.unreachable === undefined ? 12 : 28}
        y={nodeHeight / 2 + 4}
      >
        {short}
      </text>
    </g>
  );
}

const nodeWidth = 208;
const nodeHeight = 26;
const columnStep = 252;
const rowStep = 36;
const margin = 8;

/** Larger trees are not drawn: the outline shows them. */
export const drawingLimit = 1000;

interface PlacedNode {
  readonly node: StoredNode;
  /** Left edge and middle of the box. */
  readonly x: number;
  readonly y: number;
}

interface TreeLayout {
  /** In the order of the tree, so that a node's index is its place. */
  readonly placed: readonly PlacedNode[];
  readonly width: number;
  readonly height: number;
}

/** Places of the nodes of a tree that grows to the right. */
export function layoutTree(tree: PolicyTree): TreeLayout {
  const root = hierarchy(tree.nodes[0], (node) =>
    node === undefined
      ? []
      : childrenOf(node)
          .filter((child) => child !== undefined)
          .map((child) => tree.nodes[child]),
  );
  const laidOut = tidyTree<StoredNode | undefined>()
    .nodeSize([rowStep, columnStep])
    .separation(() => 1)(root);
  const points = laidOut.descendants();
  const top = Math.min(...points.map((point) => point.x));
  const placed = points
    .flatMap(({ data, x, y }) =>
      data === undefined ? [] : [{ node: data, x: y + margin, y: x - top + margin + nodeHeight / 2 }],
    )
    .sort((a, b) => a.node.index - b.node.index);
  return {
    placed,
    width: Math.max(...placed.map(({ x }) => x)) + nodeWidth + margin,
    height: Math.max(...placed.map(({ y }) => y)) + nodeHeight / 2 + margin,
  };
}

/** Where an arrow key leads from a node: right into it, left out of it, down and up along the lines. */
function nextNode(tree: PolicyTree, index: number, key: string): number | undefined {
  const node = tree.nodes[index];
  switch (key) {
    case 'ArrowRight':
      return node === undefined ? undefined : childrenOf(node).find((child) => child !== undefined);
    case 'ArrowLeft':
      return node?.parent;
    case 'ArrowDown':
      return index + 1 < tree.nodes.length ? index + 1 : undefined;
    case 'ArrowUp':
      return index > 0 ? index - 1 : undefined;
    case 'Home':
      return 0;
    case 'End':
      return tree.nodes.length - 1;
    default:
      return undefined;
  }
}
