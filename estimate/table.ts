import {
  type TableParameters,
  tableCells,
  tableCodeBits,
  tableLayout,
  tablePaths,
} from '../rtl/ternary/index.ts';
import { type CostEstimate, estimateCost } from '../synth/cost/index.ts';
import type { Device } from '../synth/index.ts';
import { type Estimated, stallPath } from './array.ts';

/**
 * The same of tables between their streams; they never stand without.
 * @throws Diagnostic TCT-4001 for an unknown device.
 */
export function estimateTable(
  parameters: TableParameters,
  device: Device | string,
  { onPins, routing }: Omit<Estimated, 'form'>,
): CostEstimate {
  const { rows, activationBits, initBits } = parameters;
  const { tables, fillers, entryBits, groups, sum } = tableLayout(parameters);
  const inputs = 6 + activationBits * fillers + rows * (tableCodeBits * tables + initBits);
  const memories = Array.from({ length: rows }, () => [
    ...Array.from({ length: tables }, () => ({ width: entryBits, depth: 256 })),
    { width: sum.width, depth: groups },
  ]);
  const structure = {
    cells: tableCells(parameters) + (onPins ? inputs + 3 + rows * sum.width : 0),
    paths: [...tablePaths(parameters).map(({ luts, chain }) => ({ luts, chain, fanOut: 1 })), stallPath(2)],
    memories: memories.flat(),
  };
  return estimateCost(structure, device, routing);
}
