import type { CellReader } from '../../cell.ts';

/**
 * A driver of a global net: the same net under another name. In what nextpnr writes, one without an input is driven by
 * an oscillator or a PLL at its side.
 */
export const SB_GB: CellReader = {
  join: cell => {
    if (cell.isConnected('USER_SIGNAL_TO_GLOBAL_BUFFER'))
      cell.join('GLOBAL_BUFFER_OUTPUT', 'USER_SIGNAL_TO_GLOBAL_BUFFER');
    else cell.clockSource('GLOBAL_BUFFER_OUTPUT');
  },
};

/** A filter against spikes, of which a simulation by cycles has none. */
export const SB_FILTER_50NS: CellReader = { join: cell => cell.join('FILTEROUT', 'FILTERIN') };
