import type { Transport } from '../../host/index.ts';
import type { ModelDevice } from './model-device.ts';

/** Changes bytes on their way: gives what arrives of a byte. */
export type Fault = (byte: number) => readonly number[];

const intact: Fault = byte => [byte];

/** A wire to a model of a device, with faults on the way there and back. Time passes only where nothing comes. */
export class ModelTransport implements Transport {
  readonly name = 'the model';
  readonly baud = 1_000_000;
  readonly latencyMs = 1;
  /** Time-outs so far, in milliseconds in all. */
  waitedMs = 0;
  readonly #device: ModelDevice;
  readonly #there: Fault;
  readonly #back: Fault;
  #coming: number[] = [];

  constructor(device: ModelDevice, there: Fault = intact, back: Fault = intact) {
    this.#device = device;
    this.#there = there;
    this.#back = back;
  }

  async send(bytes: Uint8Array): Promise<void> {
    for (const byte of bytes)
      for (const arrived of this.#there(byte))
        this.#coming.push(...this.#device.take(arrived).flatMap(this.#back));
  }

  async receive(timeoutMs: number, signal?: AbortSignal): Promise<Uint8Array> {
    signal?.throwIfAborted();
    const bytes = Uint8Array.from(this.#coming.splice(0, 100));
    if (bytes.length === 0) this.waitedMs += timeoutMs;
    return bytes;
  }

  now(): number {
    return this.waitedMs;
  }

  async close(): Promise<void> {}
}

/** A line on which something else talks all the time: a few bytes whenever the host listens, and never an answer. */
export class BabblingTransport implements Transport {
  readonly name = 'the babbler';
  readonly baud = 1_000_000;
  readonly latencyMs = 100;
  /** Bytes so far, each of which takes ten bits of the line. */
  said = 0;
  readonly #next: () => number;

  constructor(next: () => number) {
    this.#next = next;
  }

  async send(): Promise<void> {}

  async receive(_timeoutMs: number, signal?: AbortSignal): Promise<Uint8Array> {
    signal?.throwIfAborted();
    const bytes = Uint8Array.from({ length: 64 }, this.#next);
    this.said += bytes.length;
    return bytes;
  }

  async close(): Promise<void> {}
}
