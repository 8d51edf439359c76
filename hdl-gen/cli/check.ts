import type { Diagnostic } from '../../diagnostic/index.ts';
import type { Design } from '../lang/index.ts';
import { compareEngines } from './compare-engines.ts';
import type { Core } from './core.ts';
import { enginesDiffer, resultsDiffer } from './diagnostics.ts';
import type { CheckDocument } from './documents.ts';
import type { Hardwired } from './hardwired.ts';
import type { Interrupts } from './interrupts.ts';
import { drawActivations, drawWeights, type ProductSize } from './product.ts';
import { runArray } from './run-array.ts';
import { runHardwired } from './run-hardwired.ts';
import { counted } from './table.ts';

/** What a build's own check of its circuit found. */
export interface Check {
  readonly document: CheckDocument;
  /** Of the array: the size of the product, and the part of the peak rate that it kept up, 0 to 1. */
  readonly kept?: { readonly product: ProductSize; readonly ofPeak: number };
  readonly failure?: Diagnostic;
}

/** Multiplications of the product that is simulated: a few seconds at most, while the tools take many. */
const multiplications = 2 ** 21;

/** Vectors of that product, as many as that allows. */
const fewestVectors = 16;
const mostVectors = 1024;

/** Cycles that a user's circuit is simulated. */
const circuitCycles = 200;

/** A seeded product on the array against the integer reference. */
export async function checkArray(core: Core, seed: number, interrupts: Interrupts): Promise<Check> {
  const { lanes, rows } = core.config;
  const { m, k } = core.usualSize;
  const n = Math.round(Math.max(fewestVectors, Math.min(mostVectors, multiplications / (m * k))));
  const size = { m, k, n };
  const product = {
    weights: drawWeights(size, core, seed),
    activations: drawActivations(size, core.config, seed),
  };
  const { cycles, mismatches, firstMismatch } = await runArray(product, core, {
    seed,
    stalls: false,
    interrupts,
  });
  const values = size.m * size.n;
  return {
    document: {
      what: 'simulated core against the integer reference',
      inputs: `weights and activations drawn with seed ${seed}`,
      cycles,
      values,
      unit: `sums of ${counted(size.k, 'product')}`,
      mismatches,
    },
    kept: { product: size, ofPeak: (size.m * size.k * size.n) / (cycles * lanes * rows) },
    ...(firstMismatch === undefined ? {} : { failure: resultsDiffer(mismatches, values, firstMismatch) }),
  };
}

/** Seeded activations on a matrix in logic against the integer reference. */
export async function checkHardwired(hardwired: Hardwired, seed: number): Promise<Check> {
  const { m, k } = hardwired.config;
  const n = fewestVectors;
  const activations = drawActivations({ n, m, k }, hardwired.config, seed);
  const { cycles, mismatches, firstMismatch } = await runHardwired(hardwired, activations, { seed });
  return {
    document: {
      what: 'simulated core against the integer reference',
      inputs: `weights ${hardwired.source}, activations drawn with seed ${seed}`,
      cycles,
      values: m * n,
      unit: `sums of ${counted(k, 'product')}`,
      mismatches,
    },
    ...(firstMismatch === undefined ? {} : { failure: resultsDiffer(mismatches, m * n, firstMismatch) }),
  };
}

/** A user's circuit in the compiled engine against the oracle, with random inputs. */
export async function checkCircuit(design: Design, seed: number): Promise<Check> {
  const { cycles, values, mismatches, firstMismatch } = await compareEngines(design, {
    cycles: circuitCycles,
    seed,
  });
  return {
    document: {
      what: 'compiled engine against the oracle',
      inputs: `drawn with seed ${seed}`,
      cycles,
      values,
      unit: `values of ${counted(design.circuit.outputs.length, 'output')}`,
      mismatches,
    },
    ...(firstMismatch === undefined
      ? {}
      : {
          failure: enginesDiffer(
            firstMismatch.port,
            firstMismatch.cycle,
            firstMismatch.oracle,
            firstMismatch.engine,
          ),
        }),
  };
}
