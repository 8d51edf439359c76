import type { CellReader } from '../cell.ts';

/** Cells of netlists of every technology. */

/** Says where a module was before it was flattened. */
const $scopeinfo: CellReader = {};

/** Drives a net while it is enabled. */
const tristateBuffer: CellReader = {
  outputs: ['Y'],
  read: cell => cell.drivePad('Y', cell.input('A'), cell.input('E')),
};

export const general: Readonly<Record<string, CellReader>> = { $scopeinfo, $_TBUF_: tristateBuffer };
