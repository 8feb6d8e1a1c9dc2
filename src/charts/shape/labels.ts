/** Where each label's middle goes so that none overlap, as near as possible to where it wants to be. */
export function spreadLabels(
  wanted: readonly number[],
  gap: number,
  top: number,
  bottom: number,
): readonly number[] {
  const order = wanted.map((y, index) => ({ y, index })).sort((a, b) => a.y - b.y || a.index - b.index);
  const room = Math.max(0, bottom - top);
  // With more labels than room they share it evenly: a small overlap is better than a label off the picture.
  const step = order.length > 1 ? Math.min(gap, room / (order.length - 1)) : gap;
  const placed = blocksOf(
    order.map(({ y }) => y),
    step,
    top,
    bottom,
  );
  const result = new Array<number>(wanted.length).fill(top);
  order.forEach(({ index }, rank) => (result[index] = placed[rank] ?? top));
  return result;
}

interface Block {
  readonly size: number;
  readonly sum: number;
}

/** Neighbours that would overlap merge into one block, centred on the mean of what its members want. */
function blocksOf(sorted: readonly number[], step: number, top: number, bottom: number): readonly number[] {
  const startOf = (block: Block): number => {
    const centred = block.sum / block.size - ((block.size - 1) * step) / 2;
    return Math.max(top, Math.min(centred, bottom - (block.size - 1) * step));
  };
  const blocks: Block[] = [];
  for (const y of sorted) {
    let block: Block = { size: 1, sum: y };
    for (let above = blocks.at(-1); above !== undefined; above = blocks.at(-1)) {
      if (startOf(above) + above.size * step <= startOf(block) + 1e-9) break;
      block = { size: above.size + block.size, sum: above.sum + block.sum };
      blocks.pop();
    }
    blocks.push(block);
  }
  return blocks.flatMap((block) => Array.from({ length: block.size }, (_, i) => startOf(block) + i * step));
}
