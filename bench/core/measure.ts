import { type CoreParameters, ternaryCore } from '../../rtl/core/index.ts';
import { placeFitting } from '../placed.ts';
import { atLeast, atMost, forComparison, type Row, type Subject } from '../row.ts';
import { measureBoard } from './board.ts';
import { batchCore, fullHx8k, fullUp5k, twoBitCore, vectorCore } from './cores.ts';
import { measureProduct } from './session.ts';

const seeds = [1, 2, 3, 4, 5, 6, 7, 8];

/** The matrix product with its memories: cycles of whole products, cells and clock on a device. */
export const measure: Subject = async add => {
  addProduct(add, 'a vector, 5in8', vectorCore, 40);
  addProduct(add, 'a vector, 2bit', twoBitCore, 32);
  const batch = measureProduct(batchCore, 512, 512);
  add(
    atLeast(150, '8 vectors, 512 x 512, 4 rows: MACs in a cycle, sustained', batch.macs / batch.cycles, ''),
  );

  const core = await placeFitting(ternaryCore(vectorCore), { device: 'up5k', seeds });
  add(
    atLeast(48, 'the core for a vector on UP5K, without a link: Fmax, best of 8 seeds', core.fmaxMHz, 'MHz'),
  );
  const array = core.within('array');
  add(forComparison('  its array', array, 'LC'));
  // What the tools cannot tell apart counts as the rest.
  add(atMost(900, '  the rest of it, without a link', core.allCells - core.wrapperCells - array, 'LC'));

  const askedMHz = 48;
  const board = await measureBoard(askedMHz, seeds);
  add(atLeast(askedMHz, 'a whole iCEBreaker with UART and PLL: Fmax, best of 8 seeds', board.fmaxMHz, 'MHz'));
  add(forComparison('  seeds that reach it', board.met, 'of 8'));
  const { cycles, macs } = measureProduct(vectorCore, 512, 512);
  add(
    atLeast(
      1.9,
      '  512 x 512 at that clock, sustained in the core',
      ((macs / cycles) * board.fmaxMHz) / 1000,
      'GMAC/s',
    ),
  );
  add(forComparison('  all its cells', board.allCells, 'LC'));
  const beside = board.allCells - board.array - board.weightRegisters - board.lights;
  add(atMost(900, '  controller, buffers, decoder, link: beside array and lights', beside, 'LC'));

  await addFull(add, 'UP5K', 'up5k', fullUp5k, 14);
  const hx = await addFull(add, 'HX8K', 'hx8k', fullHx8k, 55);
  add(atLeast(100, '  its Fmax', hx, 'MHz'));
};

function addProduct(
  add: (row: Row) => void,
  name: string,
  parameters: CoreParameters,
  perCycle: number,
): void {
  const { cycles, macs } = measureProduct(parameters, 512, 512);
  add(forComparison(`${name}, 512 x 512: cycles from first to last`, cycles, ''));
  const over = 100 * (cycles / (macs / perCycle) - 1);
  add(atMost(5, '  more than SPRAM allows with 64 bits in a cycle', over, '%'));
}

/** A core that fills a device, a product for it, and how it is placed. */
interface FullChip {
  readonly core: CoreParameters;
  readonly m: number;
  readonly k: number;
  readonly batches: 1 | 2;
  readonly timingWeight: number;
  readonly seeds: readonly number[];
}

/** A device full of array and memories: what it does in the end, placed and routed; gives its Fmax. */
async function addFull(
  add: (row: Row) => void,
  name: string,
  device: string,
  { core, m, k, batches, timingWeight, seeds }: FullChip,
  goal: number,
): Promise<number> {
  const { cycles, macs } = measureProduct(core, m, k, batches);
  const placed = await placeFitting(ternaryCore(core), { device, seeds, timingWeight });
  const { fmaxMHz, allCells, brams } = placed;
  const { rows, lanes, batch } = core;
  // A long sequence of jobs goes on at the rate of a job that follows another.
  const first = batches === 2 ? measureProduct(core, m, k) : { cycles: 0, macs: 0 };
  const perCycle = (macs - first.macs) / (cycles - first.cycles);
  const rate = (each: number): number => (each * fmaxMHz) / 1000;
  const what = `a full ${name}, ${rows} x ${lanes}, batch ${batch}: sustained, ${m} x ${k}`;
  add(atLeast(goal, what, rate(perCycle), 'GMAC/s'));
  add(forComparison('  MACs in a cycle, sustained', perCycle, ''));
  if (batches === 2) {
    add(
      forComparison('  of two jobs from the first address to the last result', rate(macs / cycles), 'GMAC/s'),
    );
    add(forComparison('  of one job alone', rate(first.macs / first.cycles), 'GMAC/s'));
  }
  add(forComparison('  its peak', (rows * lanes * fmaxMHz) / 1000, 'GMAC/s'));
  add(forComparison('  logic cells, with the wrapper', allCells, 'LC'));
  add(forComparison('  block RAMs', brams, ''));
  return fmaxMHz;
}
