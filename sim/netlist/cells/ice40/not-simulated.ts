import type { CellReader } from '../../cell.ts';

/** A cell without outputs that the simulation leaves out. */
function ignored(what: string): CellReader {
  return { join: cell => cell.warn(what) };
}

/** A block whose inside nobody has published as a model. */
const hardBlock: CellReader = {
  join: cell =>
    cell.refuse('it is a hard block without a simulation model; put its pins outside of the netlist'),
};

export const notSimulated: Readonly<Record<string, CellReader>> = {
  SB_WARMBOOT: ignored('loading another configuration is not simulated'),
  ICESTORM_WARMBOOT: ignored('loading another configuration is not simulated'),
  SB_I2C: hardBlock,
  SB_SPI: hardBlock,
  SB_LEDDA_IP: hardBlock,
  SB_IO_I3C: hardBlock,
};
