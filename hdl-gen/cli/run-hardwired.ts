import type { IntMatrix } from '../../model/index.ts';
import { createSimulation, type TraceSink } from '../../sim/index.ts';
import { matmul } from '../../sim/reference/index.ts';
import type { Hardwired } from './hardwired.ts';
import { breathe } from './interrupts.ts';

/** What a run of a matrix in logic gave. */
export interface HardwiredRun {
  readonly cycles: number;
  readonly seconds: number;
  /** The sums [N,M]. */
  readonly results: { readonly rows: number; readonly columns: number; readonly data: Float64Array };
  readonly mismatches: number;
  readonly firstMismatch:
    | { readonly row: number; readonly column: number; readonly expected: number; readonly got: number }
    | undefined;
}

/** How a run is to be. */
export interface HardwiredRunOptions {
  readonly engine?: 'compiled' | 'oracle';
  readonly seed: number;
  readonly trace?: TraceSink | undefined;
  /** The part that is done, 0 to 1. */
  readonly onProgress?: (phase: string, done: number) => void;
}

/** Cycles between two looks at the rest of the world. */
const block = 256;

/** Simulates activations on a matrix in logic, vector after vector, and compares every sum with the reference. */
export async function runHardwired(
  { weights, design, figures, config }: Hardwired,
  activations: IntMatrix,
  { engine = 'compiled', seed, trace, onProgress }: HardwiredRunOptions,
): Promise<HardwiredRun> {
  const simulation = createSimulation(design().circuit, { engine, seed });
  const endTrace = trace === undefined ? undefined : simulation.trace(trace);
  const isSerial = config.form === 'serial';
  const perVector = isSerial ? figures.serialCycles : 1;
  const cycles = activations.rows * perVector + figures.latency;
  const [n, m, k] = [activations.rows, weights.rows, weights.columns];
  const inputs = Array.from({ length: k }, (_, column) => `in_x_${column}`);
  const outputs = Array.from({ length: m }, (_, row) => `out_y_${row}`);
  const data = new Float64Array(n * m);
  const began = performance.now();
  for (let cycle = 0; cycle < cycles; cycle++) {
    const vector = Math.floor(cycle / perVector);
    const place = cycle % perVector;
    const comes = vector < n;
    simulation.set(
      isSerial ? 'in_last' : 'in_valid',
      BigInt(isSerial ? !comes || place === perVector - 1 : comes),
    );
    if (comes)
      for (let column = 0; column < k; column++) {
        const activation = activations.data[vector * k + column]!;
        // A shift by 31 already gives the sign alone.
        simulation.set(
          inputs[column]!,
          BigInt(isSerial ? (activation >> Math.min(place, 31)) & 1 : activation),
        );
      }
    const out = cycle - figures.latency;
    if (out >= 0) {
      const weight = 2 ** (out % perVector) * (isSerial && out % perVector === perVector - 1 ? -1 : 1);
      for (let row = 0; row < m; row++)
        data[Math.floor(out / perVector) * m + row]! += weight * Number(simulation.get(outputs[row]!));
    }
    simulation.step();
    if (cycle % block === block - 1) {
      onProgress?.('simulating', cycle / cycles);
      await breathe();
    }
  }
  const seconds = (performance.now() - began) / 1000;
  endTrace?.();
  const expected = matmul(weights, activations).data;
  const wrong = [...expected.keys()].filter(i => expected[i] !== data[i]);
  const [first] = wrong;
  return {
    cycles,
    seconds,
    results: { rows: n, columns: m, data },
    mismatches: wrong.length,
    firstMismatch:
      first === undefined
        ? undefined
        : { row: Math.floor(first / m), column: first % m, expected: expected[first]!, got: data[first]! },
  };
}
