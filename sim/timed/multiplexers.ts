import { unknownDevice } from './diagnostics.ts';

/** What a multiplexer takes in the worst case, in ps, the longer of rising and falling. */
interface Multiplexers {
  /** From the wires between tiles, or from a neighbour, to those within a tile: nearly every wire has one. `LocalMux` and `InMux`. */
  readonly local: number;
  readonly input: number;
  /** From a cell to a wire over four tiles: `Odrv4`. */
  readonly driver: number;
}

/** As in Project IceStorm: icefuzz/timings_hx8k.txt, timings_lp8k.txt and timings_up5k.txt. */
const multiplexers: Readonly<Record<'hx' | 'lp' | 'u', Multiplexers>> = {
  hx: { local: 330, input: 260, driver: 372 },
  lp: { local: 486, input: 383, driver: 548 },
  u: { local: 1099, input: 662, driver: 649 },
};

/**
 * What the slowest multiplexer of a wire takes. A wire is a chain of them, each with a buffer, and each is as inertial as a
 * cell: so what it swallows are pulses shorter than the slowest one takes, and not those shorter than the whole wire. That a wire
 * comes by one over twelve tiles is not told from its delay; its driver takes up to a half more on HX and LP.
 * @param device as nextpnr names it: `up5k`.
 * @returns a function of the delay of the wire, in ps.
 * @throws Diagnostic TCT-3507 where there is no such device.
 */
export function slowestMultiplexer(device: string | undefined): (wirePs: number) => number {
  const family = /^(hx|lp|u)/.exec(device ?? '')?.[1] as keyof typeof multiplexers | undefined;
  if (family === undefined) throw unknownDevice(device);
  const { local, input, driver } = multiplexers[family];
  // What takes longer than from a neighbour goes over other tiles.
  return wirePs => Math.min(wirePs, wirePs > local + input ? Math.max(local, driver) : local);
}
