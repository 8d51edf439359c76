import type { Transport } from './transport.ts';

/**
 * How long a host has listened to a transport, on the clock of the transport. Bytes that came tell the time too, as a line brings no
 * more of them than its rate: so who listens to a line that never rests comes to an end as well.
 */
export class Listening {
  readonly #transport: Transport;
  #elapsedMs = 0;
  #bytes = 0;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Milliseconds so far; a byte takes ten bits of the line. */
  get ms(): number {
    return Math.max(this.#elapsedMs, (10_000 * this.#bytes) / this.#transport.baud);
  }

  /** What has come, nothing after a time-out, or undefined where the call was cancelled. */
  async receive(timeoutMs: number, signal: AbortSignal | undefined): Promise<Uint8Array | undefined> {
    const begin = this.#now();
    try {
      const bytes = await this.#transport.receive(Math.max(0, timeoutMs), signal);
      this.#bytes += bytes.length;
      return bytes;
    } catch (error) {
      if (signal?.aborted === true) return undefined;
      throw error;
    } finally {
      this.#elapsedMs += this.#now() - begin;
    }
  }

  #now(): number {
    return this.#transport.now?.() ?? performance.now();
  }
}
