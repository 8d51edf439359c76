import type { CellReader } from '../../cell.ts';

/** A driver of a global net: the same net under another name. */
export const SB_GB: CellReader = {
  join: cell => cell.join('GLOBAL_BUFFER_OUTPUT', 'USER_SIGNAL_TO_GLOBAL_BUFFER'),
};

/** A filter against spikes, of which a simulation by cycles has none. */
export const SB_FILTER_50NS: CellReader = { join: cell => cell.join('FILTEROUT', 'FILTERIN') };
