import { elaborate } from '../../hdl-gen/lang/index.ts';
import { SimulatedTransport, UartWire, type UartWireOptions } from '../../host/index.ts';
import type { CoreParameters } from '../../rtl/core/index.ts';
import { boardCore } from '../../rtl/top/index.ts';
import { createSimulation, type Simulation } from '../../sim/index.ts';

/** A core with small memories, so that matrices of some dozens of rows are too large for it. */
export const boardParameters: CoreParameters = {
  arch: 'tree-folded',
  lanes: 10,
  rows: 2,
  batch: 2,
  activationBits: 8,
  activationRegister: false,
  weightRegister: false,
  hostRegisters: false,
  drain: 'turns',
  rowGroups: 1,
  pipeline: 1,
  encoding: '5in8',
  store: 'bram',
  weightWords: 128,
  activationDepth: 32,
  resultDepth: 64,
  initialValues: 32,
  initBits: 16,
  maxK: 512,
  outputStage: false,
};

const leds = [{ label: 'red', activeLow: true }] as const;
const rates = { clockHz: 12_000_000, baud: 3_000_000 } as const;

/** A board, and what can happen to it. */
export interface SmallBoard {
  readonly transport: SimulatedTransport;
  /** Switches it off and on: everything that it held is lost. */
  reset(): void;
  /** Cycles since it was switched on. */
  cycle(): number;
}

/** The whole top level of a board with that core, behind the bits of its wire. */
export function smallBoard(
  core: CoreParameters = boardParameters,
  disturb?: UartWireOptions['disturb'],
): SmallBoard {
  const { circuit } = elaborate(boardCore({ core, ...rates, leds }));
  let seed = 0;
  let simulation: Simulation = createSimulation(circuit, { seed });
  const wire = new UartWire({
    simulation,
    ...rates,
    blockCycles: 512,
    ...(disturb === undefined ? {} : { disturb }),
  });
  const transport = new SimulatedTransport('the board', wire, rates);
  return {
    transport,
    reset: () => {
      simulation = createSimulation(circuit, { seed: ++seed });
      transport.attach(simulation);
    },
    cycle: () => simulation.cycle,
  };
}
