import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CoreParameters } from '../../../rtl/core/index.ts';
import { coreHost, expected, smallCore } from './core-host.ts';

/*
 * Registers that weights go through take them later than they are read, and go on taking when a job ends. What lies in the store behind
 * the words of a job is the weights of another matrix, or of nothing.
 */

const someCore = fc
  .record({
    rows: fc.integer({ min: 1, max: 5 }),
    lanes: fc.integer({ min: 2, max: 7 }),
    batch: fc.constantFrom(1, 2, 2, 3, 4, 8),
    encoding: fc.constantFrom<CoreParameters['encoding']>('2bit', '5in8'),
    store: fc.constantFrom<CoreParameters['store']>('bram', 'spram'),
    activationRegister: fc.boolean(),
    weightRegister: fc.boolean(),
    hostRegisters: fc.boolean(),
  })
  // A word of SPRAM has 64 bits.
  .filter(({ rows, lanes, batch, store }) => store === 'bram' || rows * lanes * 3 <= 64 * batch)
  .map((some): CoreParameters => {
    const depths = { activationDepth: 256, resultDepth: 1024, initialValues: 256 };
    return { ...smallCore, ...some, ...depths, weightWords: some.store === 'spram' ? 16_384 : 512 };
  });

function filled(rows: number, columns: number, value: number): number[][] {
  return Array.from({ length: rows }, () => Array<number>(columns).fill(value));
}

test('a job takes no weight from behind its matrix', () => {
  const products = fc.tuple(someCore, fc.integer({ min: 1, max: 21 }), fc.integer({ min: 1, max: 127 }));
  fc.assert(
    fc.property(products, ([parameters, k, activation]) => {
      const { rows, lanes, batch } = parameters;
      const host = coreHost(parameters);
      // +1 where the matrix ends with -1, so that each weight too many is seen.
      host.load({ weights: filled(4 * rows, Math.max(k, 4 * lanes), 1) });
      const product = { weights: filled(rows, k, -1) };
      const vectors = filled(batch, k, activation);
      const shape = host.load(product);
      host.activations(vectors, 0, shape);
      host.shape(shape);
      host.start({});
      host.finish();
      expect(host.results(shape)).toEqual(expected(product, vectors));
    }),
    { numRuns: Number(process.env.CORES ?? 60) },
  );
});
