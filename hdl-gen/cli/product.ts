import type { IntMatrix, TritMatrix } from '../../model/index.ts';
import { initInterval, withoutBrokenPairs } from '../../rtl/ternary/index.ts';
import type { Core } from './core.ts';
import { Random } from './random.ts';

/** Weights [M,K] and activations [N,K], which may also be drawn at random. */
export interface Product {
  readonly weights: TritMatrix;
  readonly activations: IntMatrix;
}

/** The size of a product. */
export interface ProductSize {
  readonly m: number;
  readonly k: number;
  readonly n: number;
}

/**
 * Weights drawn at random. Row 0 is -1 wherever a weight can be. Where an initial value cannot hold the constant of a row,
 * some of its weights -1 become +1, from the end, until it can.
 */
export function drawWeights({ m, k }: ProductSize, core: Core, seed: number): TritMatrix {
  const random = new Random(seed, 1);
  const kind = core.weights;
  const draw = () => (kind === 'binary' ? 2 * random.between(0, 1) - 1 : random.between(-1, 1));
  const data = new Int8Array(m * k);
  for (let row = 0; row < m; row++) {
    const own = data.subarray(row * k, (row + 1) * k);
    for (let column = 0; column < k; column++) own[column] = row === 0 ? -1 : draw();
    if (kind === 'sparse') own.set(withoutBrokenPairs(Array.from(own)));
    for (let kept = k; !hasInit(own, core); kept = Math.floor(kept / 2)) {
      for (let column = kept >> 1; column < kept; column++) if (own[column] === -1) own[column] = 1;
    }
  }
  return { rows: m, columns: k, data };
}

/** Whether an initial value can hold the constant of these weights, or none is asked to. */
function hasInit(weights: Int8Array, { config, constantOf }: Core): boolean {
  if (config.initBits === 0) return true;
  return initInterval(config).contains(BigInt(constantOf(Array.from(weights))));
}

/** Activations drawn at random. Vector 0 has the most negative value everywhere, which has no opposite. */
export function drawActivations(
  { n, k }: ProductSize,
  { activationBits }: { readonly activationBits: number },
  seed: number,
): IntMatrix {
  const random = new Random(seed, 2);
  const max = 2 ** (activationBits - 1) - 1;
  const min = -max - 1;
  const data = Int32Array.from({ length: n * k }, (_, i) => (i < k ? min : random.between(min, max)));
  return { rows: n, columns: k, data };
}
