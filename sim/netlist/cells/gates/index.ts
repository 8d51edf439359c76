import type { CellReader } from '../../cell.ts';
import { gateLogic } from './logic.ts';
import { gateStates } from './state.ts';

/** The gates of Yosys' internal library, which `techmap` and `abc` leave. */
export const gates: Readonly<Record<string, CellReader>> = { ...gateLogic, ...gateStates };
