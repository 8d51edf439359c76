import { combine, type LinearPlan, operandsOf, quantiseInputs } from '../model/plan/index.ts';
import type { FloatMatrix, QuantisedActivations } from '../model/schemes/index.ts';
import type { CallOptions, TernaryDevice } from './device.ts';
import type { Results } from './matrices.ts';

/** A layer that a device has worked through. */
export interface LinearRun {
  /** [N,M] in float32. */
  readonly outputs: FloatMatrix;
  /** The integers that went in. */
  readonly quantised: QuantisedActivations;
  /** The sums of each product of the plan. */
  readonly sums: readonly Results[];
  readonly cycles: number;
  readonly loads: number;
}

/**
 * Runs a layer on a device: quantises the inputs [N,K], loads and multiplies each product, and combines the sums.
 * @throws Diagnostic TCT-5401 to TCT-5404 for the inputs, and those of the device.
 */
export async function runLinear(
  device: TernaryDevice,
  plan: LinearPlan,
  inputs: FloatMatrix,
  options: CallOptions = {},
): Promise<LinearRun> {
  const quantised = quantiseInputs(plan, inputs, device.identity.numbers.activationBits);
  const sums: Results[] = [];
  let cycles = 0;
  let loads = 0;
  for (const product of plan.products) {
    const { planes, columnsPerBlock } = product;
    await device.loadWeights(planes, { ...options, columnsPerBlock });
    const run = await device.matmul(operandsOf(product, quantised), options);
    sums.push(run.results);
    cycles += run.cycles;
    loads += run.loads;
  }
  const outputs = combine(
    plan,
    sums.map(({ data }) => data),
    quantised,
  );
  return { outputs, quantised, sums, cycles, loads };
}
