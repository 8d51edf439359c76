import type { Board } from '../../../constraints/index.ts';
import { SimulatedPort, TernaryDevice } from '../../../host/index.ts';
import type { CoreParameters } from '../../../model/core/index.ts';
import { ternaryCore } from '../../../rtl/core/index.ts';
import { createSimulation, type Simulation } from '../../../sim/index.ts';
import type { Device } from '../../../synth/index.ts';
import { elaborate } from '../../lang/index.ts';
import type { BoardClock } from '../board-clock.ts';
import { boardAtPort, simulatedBoard } from '../board-device.ts';
import type { RunValues } from './options.ts';

/** Where layers run. */
export interface Place {
  readonly device: TernaryDevice;
  readonly simulation: Simulation | undefined;
  /** Seconds on the clock that tells how long something takes; without a wire there is none. */
  readonly clock: (() => number) | undefined;
}

/** Opens the board at a port, a simulated one, or a simulated core alone. @throws Diagnostic those of the host. */
export async function openPlace(
  { port, baud, seed, simulate }: RunValues,
  board: Board,
  own: BoardClock,
  device: Device,
  core: CoreParameters,
  onPhase: (phase: string) => void,
  signal: AbortSignal,
): Promise<Place> {
  if (port === undefined && simulate === 'core') {
    onPhase('compiling the simulation');
    const { circuit } = elaborate(ternaryCore(core));
    const simulation = createSimulation(circuit, { seed });
    const opened = await TernaryDevice.over(new SimulatedPort('the simulated core', simulation), core, {
      signal,
    });
    return { device: opened, simulation, clock: undefined };
  }
  const request = { board, device, core, clock: own, baud, seed, onPhase, signal };
  const { transport, simulation } = await (port === undefined
    ? simulatedBoard(simulate === 'netlist' ? 'netlist' : 'engine', request)
    : boardAtPort(port, request));
  const hertz = own.MHz * 1e6;
  const clock = (): number =>
    simulation === undefined ? performance.now() / 1000 : simulation.cycle / hertz;
  return { device: await TernaryDevice.open(transport, core, { signal }), simulation, clock };
}
