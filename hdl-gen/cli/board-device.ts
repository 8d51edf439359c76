import type { Board } from '../../constraints/index.ts';
import type { Diagnostic } from '../../diagnostic/index.ts';
import { openSerialPort, SimulatedTransport, type Transport, UartWire } from '../../host/index.ts';
import type { CoreParameters, PresetWords } from '../../rtl/core/index.ts';
import { boardCore, lockPort } from '../../rtl/top/index.ts';
import { createSimulation, netlistCircuit, type Simulation } from '../../sim/index.ts';
import { type Device, synthesise } from '../../synth/index.ts';
import { emitVerilog } from '../emit/index.ts';
import { elaborate } from '../lang/index.ts';
import type { BoardClock } from './board-clock.ts';
import { requireFits } from './board-fit.ts';

/** What is at the other end of a link. */
export interface BoardDevice {
  readonly transport: Transport;
  /** The simulation, where there is one. */
  readonly simulation: Simulation | undefined;
  /** What a real board of this kind may not do. */
  readonly warnings: readonly Diagnostic[];
}

/** What has to be known to reach a board. */
export interface BoardRequest {
  readonly board: Board;
  readonly device: Device;
  readonly core: CoreParameters;
  readonly clock: BoardClock;
  /** What memories hold from the start, where the board is simulated. */
  readonly preset?: PresetWords | undefined;
  readonly baud: number;
  readonly seed: number;
  readonly onPhase: (phase: string) => void;
  readonly signal: AbortSignal;
}

/** A board at a serial port. @throws Diagnostic TCT-8019 to TCT-8023. */
export async function boardAtPort(port: string, { baud, onPhase }: BoardRequest): Promise<BoardDevice> {
  onPhase(`opening ${port}`);
  return { transport: await openSerialPort(port, baud), simulation: undefined, warnings: [] };
}

/**
 * The whole top level of a board, simulated: as it was written, or as the netlist that Yosys makes of its Verilog. A PLL is simulated by
 * the clock that it makes.
 * @throws Diagnostic TCT-7401 for a rate that its clock cannot make, TCT-6097 for a board that nobody can build.
 */
export async function simulatedBoard(
  what: 'engine' | 'netlist',
  { board, device, core, clock, preset, baud, seed, onPhase, signal }: BoardRequest,
): Promise<BoardDevice> {
  const clockHz = Math.round(clock.MHz * 1e6);
  const pll = clock.pll !== undefined;
  onPhase('building the board');
  const design = elaborate(
    boardCore({
      core,
      clockHz,
      baud,
      leds: board.leds,
      keepHigh: board.uart?.keepHigh !== undefined,
      pll,
      preset,
    }),
  );
  const warnings = requireFits(design, core, device, clock);
  let { circuit } = design;
  if (what === 'netlist') {
    onPhase('Yosys: synthesising');
    const files = Object.fromEntries(emitVerilog(design).map(({ name, text }) => [name, text]));
    const { netlistJson } = await synthesise({ files, top: design.top.component, device, signal });
    circuit = netlistCircuit(netlistJson).circuit;
  }
  onPhase('compiling the simulation');
  const simulation = createSimulation(circuit, { seed });
  // The circuit runs with the clock that the PLL makes, which is there from the begin.
  if (pll) simulation.set(lockPort, 1);
  const wire = new UartWire({ simulation, clockHz, baud });
  const transport = new SimulatedTransport(`simulated ${board.title}`, wire, { clockHz, baud });
  return { transport, simulation, warnings };
}
