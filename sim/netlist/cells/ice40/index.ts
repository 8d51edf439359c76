import type { CellReader } from '../../cell.ts';
import { blockRams } from './block-ram.ts';
import { SB_FILTER_50NS, SB_GB } from './buffer.ts';
import { clockSources } from './clock-source.ts';
import { drivers } from './driver.ts';
import { flipFlops } from './flip-flop.ts';
import { pins } from './io.ts';
import { ICESTORM_LC } from './logic-cell.ts';
import { SB_CARRY, SB_LUT4 } from './lut.ts';
import { multipliers } from './multiplier.ts';
import { notSimulated } from './not-simulated.ts';
import { singlePortRams } from './single-port-ram.ts';

/** The cells that Yosys makes for iCE40, and those that nextpnr makes of them. */
export const ice40: Readonly<Record<string, CellReader>> = {
  SB_LUT4,
  SB_CARRY,
  ...flipFlops,
  ICESTORM_LC,
  ...blockRams,
  ...singlePortRams,
  ...multipliers,
  ...pins,
  SB_GB,
  SB_FILTER_50NS,
  ...clockSources,
  ...drivers,
  ...notSimulated,
};
