/** What a plan costs on a core, told before anything is built or written. */
import {
  ActivationHalves,
  type BlockedShape,
  type CoreParameters,
  cyclesOf,
  type Part,
  partsOf,
  trafficOf,
} from '../core/index.ts';
import { blocksOf, type LinearPlan } from './linear-plan.ts';

/** The cost of a layer, or of one of its products, for some vectors. */
export interface PlanCost {
  /** Cycles in which the core works. */
  readonly cycles: number;
  /** Times that weights are written: 1 for each product that fits into the store. */
  readonly loads: number;
  readonly jobs: number;
  /** Bytes of data between host and core, without what a link puts around them. */
  readonly bytes: { readonly weights: number; readonly activations: number; readonly results: number };
  /** Products of a weight and an activation that the planes have, zeros among them. */
  readonly macs: number;
}

/** The cost of `vectors` vectors; undefined where the core is too small for any part. */
export function costOf(plan: LinearPlan, core: CoreParameters, vectors: number): PlanCost | undefined {
  const shapes = plan.products.map(({ planes, columnsPerBlock }) => ({ ...planes, columnsPerBlock }));
  return costOfShapes(shapes, core, vectors);
}

/** The cost of products of matrices of which only the shapes are known, one after the other. */
export function costOfShapes(
  shapes: readonly BlockedShape[],
  core: CoreParameters,
  vectors: number,
): PlanCost | undefined {
  const rounds = Math.ceil(vectors / core.batch);
  const sum = { cycles: 0, loads: 0, jobs: 0, macs: 0, bytes: { weights: 0, activations: 0, results: 0 } };
  for (const shape of shapes) {
    const loads = partsOf(shape, core);
    if (loads === undefined) return undefined;
    sum.loads += loads.length;
    sum.macs += shape.rows * shape.columns * vectors;
    for (const part of loads.flat()) {
      const { weights, results } = trafficOf(part, core, core.batch);
      const last = trafficOf(part, core, vectors - (rounds - 1) * core.batch).results;
      sum.jobs += rounds;
      sum.cycles += rounds * cyclesOf(part, core);
      sum.bytes.weights += 4 * weights;
      sum.bytes.results += 4 * ((rounds - 1) * results + last);
    }
    sum.bytes.activations += 4 * activationWords(loads, rounds, core);
  }
  return sum;
}

/** Words of activations that are written: none where they are in a half of the buffer already. */
function activationWords(loads: readonly (readonly Part[])[], rounds: number, core: CoreParameters): number {
  let words = 0;
  const halves = new ActivationHalves();
  for (const load of loads)
    for (let round = 0; round < rounds; round++)
      for (const part of load)
        if (!halves.next(part, round).isHeld) words += trafficOf(part, core, core.batch).activations;
  return words;
}

/**
 * Bits that each weight of the layer takes, with all that the layer needs to give its outputs: a bit for each sign that is never 0, two
 * for one that may be, a bit for each element of a mask, 32 for each number of float32.
 */
export function bitsPerWeight(plan: LinearPlan): number {
  const { scheme, rows, columns, products } = plan;
  const weights = rows * columns;
  if (scheme === 'bitnet') return (weights + 32) / weights;
  if (scheme === 'b158') return (2 * weights + 32) / weights;
  if (scheme === 'onebit') return (weights + 32 * (rows + columns)) / weights;
  const [salient, groups] = products as [LinearPlan['products'][0], LinearPlan['products'][0]];
  const chosen = salient.inputs!.filter(input => input >= 0).length;
  const numbers = 8 * rows * blocksOf(groups);
  const signs = weights + chosen * rows;
  const masks = weights - chosen * rows + columns;
  return (signs + masks + 32 * numbers) / weights;
}
