import type { Arch } from '../../rtl/ternary/index.ts';

/** One configuration of the sweep, on a device. */
export interface Point {
  readonly arch: Arch;
  /** The array alone, or between its streams. */
  readonly form: 'array' | 'stream';
  readonly lanes: number;
  readonly rows: number;
  readonly activationBits: number;
  readonly maxK: number;
  readonly initBits: number;
  /** The same for all: what is told of a chain is told of a segment that is as long. */
  readonly accumulator: 'segments';
  readonly pipeline: number;
  readonly device: string;
}

/** nextpnr's seeds; the faster result counts, as with `--seeds 2`. */
export const seeds = [1, 2];

/**
 * The sweep, in words: family, lanes x rows x bits, levels of adders between registers, device; then what is not the
 * default.
 */
const words = `
  tree 4x1x8 1 hx8k
  tree 8x1x4 1 up5k
  tree 16x1x8 1 hx8k
  tree 16x1x8 1 up5k
  tree 16x1x8 3 hx8k
  tree 32x1x8 2 hx8k
  tree 32x1x4 2 up5k
  tree 64x1x4 2 hx8k
  tree 32x2x4 1 hx8k
  tree 8x4x8 2 up5k
  tree 24x1x12 1 hx8k
  sparse 16x1x8 1 up5k
  sparse 32x1x8 1 hx8k
  binary 8x1x8 1 hx8k
  binary 16x1x8 1 up5k
  binary 64x1x4 2 up5k
  tree-folded 4x1x8 1 up5k
  tree-folded 8x1x8 1 hx8k
  tree-folded 16x1x4 1 hx8k
  tree-folded 16x2x8 1 up5k
  tree-folded 32x1x8 1 hx8k
  tree-folded 48x1x8 1 up5k
  tree-folded 64x1x8 1 hx8k
  tree 64x1x8 1 hx8k
  tree 64x1x8 1 up5k
  tree-folded 64x1x8 1 up5k
  binary 32x1x8 1 hx8k
  sparse 64x1x8 1 hx8k
  tree-folded 32x2x8 1 hx8k
  tree 32x1x8 1 lp8k
  tree-folded 32x1x4 1 hx8k
  binary 64x1x8 1 up5k
  tree-folded 16x4x8 1 hx8k
  tree 32x1x8 1 hx8k
  tree-folded 64x1x8 1 lp8k
  tree 8x1x8 1 hx8k
  tree 8x1x8 1 up5k
  tree-folded 32x1x8 1 up5k
  tree 32x1x4 1 hx8k
  tree 16x4x8 1 hx8k
  sparse 64x1x8 1 up5k
  binary 64x1x8 1 hx8k
  tree-folded 64x2x8 1 hx8k
`;

export const points: readonly Point[] = words
  .trim()
  .split('\n')
  .map(line => {
    const [arch, shape, pipeline, device, form = 'array'] = line.trim().split(' ');
    const [lanes, rows, activationBits] = shape!.split('x').map(Number);
    return {
      ...{ arch: arch as Arch, form: form as Point['form'], device: device! },
      ...{ lanes: lanes!, rows: rows!, activationBits: activationBits!, pipeline: Number(pipeline) },
      ...{ maxK: 4096, initBits: 16, accumulator: 'segments' as const },
    };
  });

/** Every other point is left out of the fit, so that the error there is that of a forecast. */
export function isFitted(index: number): boolean {
  return index % 2 === 0;
}

/** `tree 64x1 int8, hx8k`, and what is not the default. */
export function nameOf({ arch, form, lanes, rows, activationBits, pipeline, device }: Point): string {
  const deep = pipeline === 1 ? '' : `, pipeline ${pipeline}`;
  const streamed = form === 'stream' ? ', with streams' : '';
  return `${arch} ${lanes}x${rows} int${activationBits}${deep}, ${device}${streamed}`;
}
