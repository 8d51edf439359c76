import { inLanes as orderInLanes } from '../../hdl-gen/cli/energy/column-order.ts';
import { reordered } from '../../hdl-gen/cli/energy/long-product.ts';
import { loadActivations, loadWeights } from '../../model/index.ts';

/** A product of the digits, with the same weights as well as four formats can hold them. */
export interface ClaimProduct {
  /** Pictures, of so many pixels each, 0 to 127. */
  readonly activations: Int32Array;
  readonly columns: number;
  readonly vectors: number;
  readonly rows: number;
  readonly ternary: Int8Array;
  readonly binary: Int8Array;
  /** -127 to 127. */
  readonly int8: Int8Array;
}

/** The same product with neighbouring columns one after the other in a lane, as `--column-order lanes` has them. */
export function inLanes(product: ClaimProduct, lanes: number): ClaimProduct {
  const { columns, rows, vectors, activations, ternary, binary, int8 } = product;
  const order = orderInLanes(columns, lanes);
  const moved = (data: Int8Array): Int8Array => reordered({ rows, columns, data }, order).data;
  return {
    ...product,
    columns: order.length,
    activations: reordered({ rows: vectors, columns, data: activations }, order).data,
    ...{ ternary: moved(ternary), binary: moved(binary), int8: moved(int8) },
  };
}

const digits = new URL('../../examples/digits/', import.meta.url);

/**
 * The trained trits; the same with -1 or +1 drawn in place of each 0; and numbers whose sign is that of the latter and whose size is
 * drawn: of a normal distribution of deviation 40, as trained weights of 8 bits have. The energy of a multiplier does not
 * depend on what the weights have learned, but on how their bits change.
 */
export function claimProduct(): ClaimProduct {
  const path = (name: string) => decodeURIComponent(new URL(name, digits).pathname);
  const weights = loadWeights(path('weights.npy'));
  const images = loadActivations(path('test-images.npy'), { bits: 8 });
  const random = generator(1);
  const binary = weights.data.map(trit => (trit !== 0 ? trit : random() < 0.5 ? -1 : 1));
  const int8 = binary.map(
    sign => sign * Math.max(1, Math.min(127, Math.round(Math.abs(normal(random)) * 40))),
  );
  return {
    activations: images.data,
    columns: weights.columns,
    vectors: images.rows,
    rows: weights.rows,
    ternary: weights.data,
    ...{ binary, int8 },
  };
}

/** Box and Muller. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** From 0 to 1, the same for the same seed (xorshift32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
