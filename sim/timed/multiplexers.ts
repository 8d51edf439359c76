import { notPlaced } from './diagnostics.ts';

/**
 * What the multiplexer takes in the worst case that leads from the wires between tiles to those within one, in ps: `LocalMux` in
 * Project IceStorm's icefuzz/timings_hx8k.txt, timings_lp8k.txt and timings_up5k.txt. Nearly every wire has one, and of those
 * that a wire has it is the slowest, but for the drivers of wires over 12 tiles, which are a little slower.
 */
const localMultiplexerPs = { hx: 330, lp: 486, u: 1099 } as const;

/**
 * The slowest multiplexer on the wires of a device. A wire is a chain of them, each with a buffer, and each is as inertial as a
 * cell: so what it swallows are pulses shorter than the slowest one takes, and not those shorter than the whole wire.
 * @param device as nextpnr names it: `up5k`.
 * @throws Diagnostic TCT-3501 where there is no such device.
 */
export function slowestMultiplexerPs(device: string | undefined): number {
  const family = /^(hx|lp|u)/.exec(device ?? '')?.[1] as keyof typeof localMultiplexerPs | undefined;
  if (family === undefined) throw notPlaced();
  return localMultiplexerPs[family];
}
