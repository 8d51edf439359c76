import type { CellReader } from '../../cell.ts';
import { flipFlops } from './flip-flop.ts';
import { SB_CARRY, SB_LUT4 } from './lut.ts';

/** The cells that Yosys makes for iCE40, and those that nextpnr makes of them. */
export const ice40: Readonly<Record<string, CellReader>> = { SB_LUT4, SB_CARRY, ...flipFlops };
