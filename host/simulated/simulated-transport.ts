import { setImmediate } from 'node:timers/promises';
import type { Transport } from '../transport.ts';
import type { ByteWire } from './byte-wire.ts';
import type { SimulatedPins } from './pins.ts';

/** The clock of a simulated circuit, and the bits a second of its wire. */
export interface SimulatedRates {
  readonly clockHz: number;
  readonly baud: number;
}

/** A device whose wire is simulated. Time on it is that of the simulation, which goes on only while the host waits. */
export class SimulatedTransport implements Transport {
  readonly name: string;
  readonly baud: number;
  readonly latencyMs: number;
  readonly #wire: ByteWire;
  readonly #blockMs: number;
  #lastRest = 0;
  /** Time that was simulated. */
  elapsedMs = 0;

  /** `latencyMs` is how long the device may take for an answer, in simulated time. */
  constructor(name: string, wire: ByteWire, { clockHz, baud }: SimulatedRates, latencyMs = 2) {
    this.name = name;
    this.baud = baud;
    this.#wire = wire;
    this.#blockMs = (1000 * wire.blockCycles) / clockHz;
    this.latencyMs = latencyMs + 2 * this.#blockMs;
  }

  /** Puts another simulation of the same board at the wire: the board was switched off and on. */
  attach(simulation: SimulatedPins): void {
    this.#wire.attach(simulation);
  }

  async send(bytes: Uint8Array): Promise<void> {
    this.#wire.send(bytes);
  }

  async receive(timeoutMs: number, signal?: AbortSignal): Promise<Uint8Array> {
    for (let waited = 0; waited <= timeoutMs; waited += this.#blockMs) {
      signal?.throwIfAborted();
      const bytes = this.#wire.runBlock();
      this.elapsedMs += this.#blockMs;
      // Time begins to count when everything was sent.
      if (this.#wire.isSending) waited = 0;
      if (bytes.length > 0) return Uint8Array.from(bytes);
      await this.#restNowAndThen();
    }
    return new Uint8Array();
  }

  now(): number {
    return this.elapsedMs;
  }

  async close(): Promise<void> {
    this.#wire.clear();
  }

  /** Lets timers and other work of the process have their turn, every few milliseconds. */
  async #restNowAndThen(): Promise<void> {
    const now = performance.now();
    if (now - this.#lastRest < 10) return;
    await setImmediate();
    this.#lastRest = performance.now();
  }
}
