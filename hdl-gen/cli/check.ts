import type { Diagnostic } from '../../diagnostic/index.ts';
import type { Design } from '../lang/index.ts';
import { compareEngines } from './compare-engines.ts';
import { enginesDiffer, resultsDiffer } from './diagnostics.ts';
import type { CheckDocument } from './documents.ts';
import type { Interrupts } from './interrupts.ts';
import type { ArrayConfig } from './names.ts';
import { drawActivations, drawWeights } from './product.ts';
import { runArray } from './run-array.ts';

/** What a build's own check of its circuit found. */
export interface Check {
  readonly document: CheckDocument;
  /** The part of the peak rate that the product kept up, 0 to 1. */
  readonly keptOfPeak?: number;
  readonly failure?: Diagnostic;
}

/** Vectors of the product that is simulated. */
const vectors = 16;

/** Cycles that a user's circuit is simulated. */
const circuitCycles = 200;

/** A seeded product on the array against the integer reference. */
export async function checkArray(array: ArrayConfig, seed: number, interrupts: Interrupts): Promise<Check> {
  const { lanes, rows, maxK } = array;
  const size = { m: 2 * rows, k: Math.min(Math.max(maxK, lanes), 4 * lanes), n: vectors };
  const product = {
    weights: drawWeights(size, array, seed),
    activations: drawActivations(size, array, seed),
  };
  const { cycles, mismatches, firstMismatch } = await runArray(product, array, {
    seed,
    stalls: false,
    interrupts,
  });
  const values = size.m * size.n;
  return {
    document: { what: 'simulated core against the integer reference', cycles, values, mismatches },
    keptOfPeak: (size.m * size.k * size.n) / (cycles * lanes * rows),
    ...(firstMismatch === undefined ? {} : { failure: resultsDiffer(mismatches, values, firstMismatch) }),
  };
}

/** A user's circuit in the compiled engine against the oracle, with random inputs. */
export async function checkCircuit(design: Design, seed: number): Promise<Check> {
  const { cycles, values, mismatches, firstMismatch } = await compareEngines(design, {
    cycles: circuitCycles,
    seed,
  });
  return {
    document: { what: 'compiled engine against the oracle', cycles, values, mismatches },
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
