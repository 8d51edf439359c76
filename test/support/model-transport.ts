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

  async close(): Promise<void> {}
}
