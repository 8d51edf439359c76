import { type DeviceProgress, runLinear, type TernaryDevice } from '../../../host/index.ts';
import type { CoreParameters } from '../../../model/core/index.ts';
import { type FloatLayer, type Layer, relativeError, runFloats } from '../../../model/layers/index.ts';
import { blocksOf, costOf, type IntegerProduct, operandsOf } from '../../../model/plan/index.ts';
import type { FloatMatrix, QuantisedActivations } from '../../../model/schemes/index.ts';
import { matmul } from '../../../sim/reference/index.ts';
import type { RunLayerDocument } from './document.ts';

/** What a layer needs to be run and told about. */
export interface LayerRequest {
  readonly device: TernaryDevice;
  readonly core: CoreParameters;
  readonly clockHz: number;
  /** Seconds on the clock that tells how long something takes; undefined where nobody can tell. */
  readonly clock: (() => number) | undefined;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: DeviceProgress) => void;
}

/** Runs a layer, compares every sum with the integer reference, and tells how its time went. */
export async function runLayer(
  { name, scheme, plan }: Layer,
  floats: FloatLayer | undefined,
  inputs: FloatMatrix,
  { device, core, clockHz, clock, signal, onProgress }: LayerRequest,
): Promise<{ readonly outputs: FloatMatrix; readonly document: RunLayerDocument }> {
  const spent = { load: 0, multiply: 0 };
  let last = clock?.() ?? 0;
  const run = await runLinear(device, plan, inputs, {
    signal,
    onProgress(progress) {
      const now = clock?.() ?? 0;
      spent[progress.phase] += now - last;
      last = now;
      onProgress(progress);
    },
  });
  const hasClock = clock !== undefined;
  const computing = run.cycles / clockHz;
  let [values, mismatches] = [0, 0];
  for (const [i, product] of plan.products.entries()) {
    const expected = referenceSums(product, run.quantised);
    values += expected.length;
    mismatches += expected.filter((sum, at) => sum !== run.sums[i]!.data[at]).length;
  }
  const cost = costOf(plan, core, inputs.rows);
  const { rows, columns } = plan;
  const expected = floats && runFloats(floats, inputs);
  const document: RunLayerDocument = {
    name,
    scheme,
    rows,
    columns,
    planeRows: plan.products.reduce((sum, { planes }) => sum + planes.rows, 0),
    loads: run.loads,
    cycles: run.cycles,
    plannedCycles: cost!.cycles,
    bytes: cost!.bytes,
    seconds: {
      loading: hasClock ? spent.load : null,
      transfer: hasClock ? Math.max(0, spent.multiply - computing) : null,
      computing,
    },
    check: {
      what: `the sums of '${name}' against the integer reference`,
      inputs: `${inputs.rows} vectors`,
      cycles: run.cycles,
      values,
      unit: 'sums',
      mismatches,
    },
    ...(expected === undefined ? {} : { outputError: relativeError(run.outputs.data, expected.data) }),
  };
  return { outputs: run.outputs, document };
}

/** The sums [N,blocks,R] of a product, each block multiplied by `sim/reference`. */
function referenceSums(product: IntegerProduct, quantised: QuantisedActivations): number[] {
  const { planes, columnsPerBlock } = product;
  const operands = operandsOf(product, quantised);
  const blocks = blocksOf(product);
  const sums = Array<number>(operands.rows * blocks * planes.rows);
  for (let b = 0; b < blocks; b++) {
    const begin = b * columnsPerBlock;
    const end = Math.min(planes.columns, begin + columnsPerBlock);
    const { data } = matmul(part(planes, begin, end), part(operands, begin, end));
    for (const [i, sum] of data.entries()) {
      const [n, row] = [Math.floor(i / planes.rows), i % planes.rows];
      sums[(n * blocks + b) * planes.rows + row] = sum;
    }
  }
  return sums;
}

/** Some columns of a matrix. */
function part(
  {
    rows,
    columns,
    data,
  }: { readonly rows: number; readonly columns: number; readonly data: ArrayLike<number> },
  begin: number,
  end: number,
): { readonly rows: number; readonly columns: number; readonly data: number[] } {
  const width = end - begin;
  return {
    rows,
    columns: width,
    data: Array.from(
      { length: rows * width },
      (_, i) => data[Math.floor(i / width) * columns + begin + (i % width)]!,
    ),
  };
}
