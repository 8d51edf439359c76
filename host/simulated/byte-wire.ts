import type { SimulatedPins } from './pins.ts';

/** A wire that bytes go over, at the ports of a simulated circuit. Cycles are simulated in blocks. */
export interface ByteWire {
  /** Cycles of a block: what comes from the circuit is looked at after so many. */
  readonly blockCycles: number;
  /** Whether bytes for the circuit are still to be sent. */
  readonly isSending: boolean;
  /** Puts bytes behind those that are to be sent. */
  send(bytes: Iterable<number>): void;
  /** Forgets what is to be sent; a byte that has begun is cut off. */
  clear(): void;
  /** Simulates one block; gives the bytes that the circuit has sent in it. */
  runBlock(): number[];
  /** Puts another simulation of the same circuit at the end of the wire, as when a board loses its power and gets it again. */
  attach(simulation: SimulatedPins): void;
}
