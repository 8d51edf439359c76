import { Diagnostic } from '../../../diagnostic/index.ts';
import { createSimulation, netlistCircuit } from '../../../sim/index.ts';

export type Bits = readonly (number | string)[];
/** A cell as Yosys writes it. */
export interface Cell {
  readonly type: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly connections: Readonly<Record<string, Bits>>;
}

/** A netlist with the inputs `clk` (2), `a` (3) and `b` (4) and the output `y` (5). */
export function netlist(
  cells: Readonly<Record<string, Cell>>,
  netnames: Readonly<Record<string, Bits>> = {},
) {
  const port = (direction: string, bit: number) => ({ direction, bits: [bit] });
  const ports = { clk: port('input', 2), a: port('input', 3), b: port('input', 4), y: port('output', 5) };
  const names = Object.entries({ clk: [2], a: [3], b: [4], y: [5], ...netnames });
  return {
    creator: 'Yosys',
    modules: {
      top: { ports, cells, netnames: Object.fromEntries(names.map(([name, bits]) => [name, { bits }])) },
    } as Record<string, object>,
  };
}

/** The gate of two nets, as a table. */
export const and = (a: number | string, b: number | string, y: number): Cell => ({
  type: 'SB_LUT4',
  parameters: { LUT_INIT: '1000100010001000' },
  connections: { I0: [a], I1: [b], I2: ['0'], I3: ['0'], O: [y] },
});

/** What is said of a netlist, or of the simulation of its circuit. */
export function refusal(data: unknown, top?: string): string {
  try {
    const { circuit } = netlistCircuit(typeof data === 'string' ? data : JSON.stringify(data), { top });
    createSimulation(circuit);
  } catch (error) {
    if (error instanceof Diagnostic) return error.format();
    throw error;
  }
  throw new Error('nothing was refused');
}
