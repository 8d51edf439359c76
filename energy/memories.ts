/** How often memories are read and written. */
import type { PlacedCell, PlacedDesign } from '../synth/index.ts';
import type { Activity } from './activity.ts';
import { clockRate, constantOf } from './clocks.ts';

/** A port of a memory: it works at each edge of its clock at which all of `on` are 1, and all of `off` are 0. */
interface MemoryPort {
  readonly clock: string;
  readonly on: readonly string[];
  readonly off: readonly string[];
}

/** POWEROFF is active low. */
const memoryPorts: Readonly<Record<string, readonly MemoryPort[]>> = {
  ICESTORM_RAM: [
    { clock: 'RCLK', on: ['RE', 'RCLKE'], off: [] },
    { clock: 'WCLK', on: ['WE', 'WCLKE'], off: [] },
  ],
  ICESTORM_SPRAM: [{ clock: 'CLOCK', on: ['CHIPSELECT', 'POWEROFF'], off: ['STANDBY', 'SLEEP'] }],
};

/**
 * Words that a memory reads and writes in a second. An access is a cycle in which a port is enabled, also where the address stays:
 * bit lines are charged and sensed at each edge. Of several signals the one that allows least counts, so it is rather too much:
 * how often they agree is not known.
 */
export function accessRate(design: PlacedDesign, activity: Activity, { type, ports }: PlacedCell): number {
  const part = (net: number): number => constantOf(design, net) ?? activity.ones?.[net] ?? 1;
  const parts = (names: readonly string[]): number[] =>
    names.flatMap(name => (ports[name] === undefined ? [] : [part(ports[name])]));
  let rate = 0;
  for (const { clock, on, off } of memoryPorts[type] ?? []) {
    const net = ports[clock];
    if (net === undefined || constantOf(design, net) !== undefined) continue;
    const share = Math.min(1, ...parts(on), ...parts(off).map(each => 1 - each));
    rate += clockRate(activity, net) * share;
  }
  return rate;
}
