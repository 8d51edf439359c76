/**
 * How a matrix larger than a core is cut, in numbers alone: into parts of rows and columns that are one job each, and these into
 * loads, which are what the weight store holds at one time.
 *
 * A part has whole blocks of columns, side by side, whose sums are told apart. A block that is too wide for one job is cut too; the
 * sums of its pieces are added on the host.
 */
import { stepsAfter, wordsFor } from '../../protocol/index.ts';
import { type CoreParameters, chainLatency, coreGeometry } from '../../rtl/core/index.ts';
import { beatsOf, mostBlocksOf, mostColumns, mostRows } from './capacity.ts';
import { resultRuns } from './results.ts';

/** A matrix [M,K], of which each block of columns has sums of its own. */
export interface BlockedShape {
  readonly rows: number;
  readonly columns: number;
  readonly columnsPerBlock: number;
}

/** A part of a matrix: what one job multiplies. */
export interface Part extends BlockedShape {
  readonly firstRow: number;
  readonly firstColumn: number;
  /** The block of the whole matrix to whose sums those of its first block belong. */
  readonly firstBlock: number;
  readonly blocks: number;
  /** Where it begins in the weight store, and how many words it takes. */
  readonly base: number;
  readonly words: number;
  /** Where its initial values begin, and how many there are. */
  readonly initialBase: number;
  readonly initialCount: number;
}

/** Parts for each load; undefined where the core is too small for any part. */
export function partsOf(shape: BlockedShape, core: CoreParameters): Part[][] | undefined {
  const pieces = piecesOf(shape, core);
  const widest = pieces[0]!;
  const most = mostRows(widest.columnsPerBlock, widest.blocks, core);
  if (most === 0) return undefined;
  const height = evenPart(shape.rows, most, core.rows);
  const loads: Part[][] = [[]];
  let base = 0;
  let initialBase = 0;
  // Parts of the same columns follow each other, so that activations are written once for all of them.
  for (const piece of pieces)
    for (let firstRow = 0; firstRow < shape.rows; firstRow += height) {
      const rows = Math.min(height, shape.rows - firstRow);
      const size = sizeOf(rows, piece, core);
      if (base + size.words > core.weightWords || initialBase + size.initialCount > core.initialValues) {
        loads.push([]);
        base = 0;
        initialBase = 0;
      }
      loads.at(-1)!.push({ ...piece, ...size, rows, firstRow, base, initialBase });
      base += size.words;
      initialBase += size.initialCount;
    }
  return loads;
}

/** Whether two parts take the same activations. */
export function takeSame(a: Piece, b: Piece): boolean {
  return (
    a.firstColumn === b.firstColumn && a.columns === b.columns && a.columnsPerBlock === b.columnsPerBlock
  );
}

/** Cycles from the start of a job to its first address, and from its last result to its end. */
const startAndEnd = 3;

/**
 * Cycles in which a core works on a job of one part: its beats, the steps between blocks, a turn of each row after the last
 * one, and the way in and out.
 */
export function cyclesOf({ rows, columnsPerBlock, blocks }: Part, core: CoreParameters): number {
  const { image, latency, resultLatency } = coreGeometry(core);
  const beats = Math.ceil(rows / core.rows) * beatsOf(columnsPerBlock, core);
  const steps = blocks * beats + (blocks - 1) * stepsAfter(image) + core.rows;
  // In a fast core a register stands between the queue and the walk.
  const way = core.activationRegister ? 1 : 0;
  return core.batch * steps + latency + resultLatency + startAndEnd + way + chainLatency(core);
}

/** Words of 32 bits that go between host and core for one part. */
export interface Traffic {
  /** Its weights and initial values, for each load. */
  readonly weights: number;
  /** The activations of each job, where the buffer does not hold them already. */
  readonly activations: number;
  /** What is read of the results of a job. */
  readonly results: number;
}

/** The words of a part, and of a job with it of so many vectors. */
export function trafficOf(part: Part, core: CoreParameters, vectors: number): Traffic {
  const { wordsPerWeightWord, wordsPerBeat } = coreGeometry(core);
  const beats = beatsOf(part.columnsPerBlock, core);
  const tiles = Math.ceil(part.rows / core.rows);
  return {
    weights: part.words * wordsPerWeightWord + part.initialCount,
    activations: part.blocks * beats * core.batch * wordsPerBeat,
    results: resultRuns(core, { ...part, m: part.rows, tiles }, vectors).reduce(
      (sum, { count }) => sum + count,
      0,
    ),
  };
}

type Piece = Pick<Part, 'firstColumn' | 'columns' | 'columnsPerBlock' | 'firstBlock' | 'blocks'>;

/** The parts of a row of parts, from the first column on. */
function piecesOf({ columns, columnsPerBlock }: BlockedShape, core: CoreParameters): Piece[] {
  const widest = mostColumns(core);
  const all = Math.ceil(columns / columnsPerBlock);
  const pieces: Piece[] = [];
  if (columnsPerBlock <= widest) {
    let most = mostBlocksOf(columnsPerBlock, core);
    while (most > 1 && mostRows(columnsPerBlock, most, core) === 0) most--;
    const blocks = evenPart(all, Math.max(1, most), 1);
    for (let firstBlock = 0; firstBlock < all; firstBlock += blocks) {
      const firstColumn = firstBlock * columnsPerBlock;
      const width = Math.min(blocks * columnsPerBlock, columns - firstColumn);
      const count = Math.min(blocks, all - firstBlock);
      pieces.push({
        firstColumn,
        columns: width,
        columnsPerBlock: Math.min(columnsPerBlock, width),
        firstBlock,
        blocks: count,
      });
    }
    return pieces;
  }
  const width = evenPart(columnsPerBlock, widest, core.lanes);
  for (let firstBlock = 0; firstBlock < all; firstBlock++) {
    const end = Math.min(columns, (firstBlock + 1) * columnsPerBlock);
    for (let firstColumn = firstBlock * columnsPerBlock; firstColumn < end; firstColumn += width) {
      const size = Math.min(width, end - firstColumn);
      pieces.push({ firstColumn, columns: size, columnsPerBlock: size, firstBlock, blocks: 1 });
    }
  }
  return pieces;
}

function sizeOf(
  rows: number,
  { columnsPerBlock, blocks }: Piece,
  core: CoreParameters,
): Pick<Part, 'words' | 'initialCount'> {
  const { image } = coreGeometry(core);
  const tiles = Math.ceil(rows / core.rows);
  return {
    words: blocks * wordsFor(image, tiles * beatsOf(columnsPerBlock, core)),
    initialCount: blocks * tiles * core.rows,
  };
}

/** The least number of equal parts of at most `most`, in multiples of `unit`: how large one is. */
function evenPart(all: number, most: number, unit: number): number {
  const parts = Math.ceil(all / most);
  return parts === 1 ? all : unit * Math.ceil(all / parts / unit);
}
