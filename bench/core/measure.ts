import type { CoreParameters } from '../../rtl/core/index.ts';
import { atLeast, atMost, forComparison, type Subject } from '../row.ts';
import { batchCore, twoBitCore, vectorCore } from './cores.ts';
import { measureProduct } from './session.ts';

/** The matrix product with its memories: cycles of whole products, cells and clock on a device. */
export const measure: Subject = async add => {
  const product = (name: string, parameters: CoreParameters, perCycle: number): void => {
    const { cycles, macs } = measureProduct(parameters, 512, 512);
    add(forComparison(`${name}, 512 x 512: cycles from first to last`, cycles, ''));
    add(
      atMost(
        5,
        '  more than SPRAM allows with 64 bits in a cycle',
        100 * (cycles / (macs / perCycle) - 1),
        '%',
      ),
    );
  };
  product('a vector, 5in8', vectorCore, 40);
  product('a vector, 2bit', twoBitCore, 32);
  const { cycles, macs } = measureProduct(batchCore, 512, 512);
  add(atLeast(150, '8 vectors, 512 x 512, 4 rows: MACs in a cycle, sustained', macs / cycles, ''));
};
