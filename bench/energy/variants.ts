import type { Product } from '../../hdl-gen/cli/product.ts';
import { forComparison, type Subject } from '../row.ts';
import { arrayEnergy, type Variant } from './arrays.ts';

/** What could lower the energy of the 64-lane tree, one thing at a time. */
const variants: readonly (readonly [string, Variant])[] = [
  ['--column-order lanes', { columns: 'lanes' }],
  ['--pipeline 2', { array: { pipeline: 2 } }],
  ['--arch tree-folded', { array: { arch: 'tree-folded' } }],
  ['--arch tree-folded --accumulator chain', { array: { arch: 'tree-folded', accumulator: 'chain' } }],
  ['--arch tree-folded --column-order lanes', { array: { arch: 'tree-folded' }, columns: 'lanes' }],
  ['--lanes 16 --rows 5', { array: { lanes: 16, rows: 5 } }],
  ['--lanes 32 --rows 2 --column-order lanes', { array: { lanes: 32, rows: 2 }, columns: 'lanes' }],
  // 64 lanes of cut sums, with what their streams need to wait, have no place on an UP5K.
  ['--lanes 32 --arch tree-folded', { array: { lanes: 32, arch: 'tree-folded' } }],
  ['--lanes 32 --arch tree-folded --cut 10', { array: { lanes: 32, arch: 'tree-folded', cut: 10 } }],
];

/** Variants of the array against the plain tree, with the same product. */
export function measureVariants(product: Product, clockMHz: number): Subject {
  return async add => {
    const plain = await arrayEnergy(product, clockMHz);
    for (const [name, variant] of variants) {
      const { array, own, glitches } = await arrayEnergy(product, clockMHz, variant);
      add(forComparison(`${name}: with clock and static current`, array.energyPjPerMac.mid, 'pJ per MAC'));
      add(forComparison('  the array alone, less than the plain tree', 100 * (1 - own / plain.own), '%'));
      add(forComparison('  of it glitches', glitches, 'pJ per MAC'));
    }
  };
}
