import type { ExchangeOptions, LinkCounts, Piece, Step } from './link-client.ts';

/** How the words of a device are read and written: over a link, or at the port of a simulated core. */
export interface WordPort {
  /** What messages call the device. */
  readonly name: string;
  readonly counts: Readonly<LinkCounts>;
  /** Begins a session: what came before is forgotten on both sides. */
  synchronise(options?: ExchangeOptions): Promise<void>;
  /** Reads `count` words that follow each other. */
  read(address: number, count: number, options?: ExchangeOptions): Promise<Uint32Array>;
  /** Writes words at several places, in this order. */
  writeAll(places: readonly Piece[], options?: ExchangeOptions): Promise<void>;
  /** Reads and writes, in this order, without waiting between them; gives the words of each read. */
  exchange(steps: readonly Step[], options?: ExchangeOptions): Promise<Uint32Array[]>;
  /** Gives the device back. Afterwards nothing else is called. */
  close(): Promise<void>;
}
