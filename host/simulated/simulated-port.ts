import { setImmediate } from 'node:timers/promises';
import type { Records } from '../../sim/index.ts';
import { cancelled } from '../diagnostics.ts';
import type { ExchangeOptions, LinkCounts, Piece, Step } from '../link-client.ts';
import type { WordPort } from '../word-port.ts';
import type { SimulatedPins } from './pins.ts';

/** Cycles of a run of the simulation: few for registers, many for memories. */
const short = 16;
const long = 256;

/** A read, or a write where there are data. */
interface Request {
  readonly address: number;
  readonly data?: number;
}

/** Records for runs of some length. */
interface Run {
  readonly stimulus: Records;
  results?: Records;
}

/**
 * The host port of a simulated core (`ternaryCore`), without a link: a request in each cycle. It is for work of which the wire is not
 * the subject, and goes hundreds of times as fast as with the bits of a wire.
 */
export class SimulatedPort implements WordPort {
  readonly name: string;
  readonly counts: LinkCounts = { sent: 0, repeated: 0, answered: 0, damaged: 0 };
  readonly #simulation: SimulatedPins;
  readonly #runs = new Map<number, Run>();
  #lastRest = performance.now();

  constructor(name: string, simulation: SimulatedPins) {
    this.name = name;
    this.#simulation = simulation;
  }

  async synchronise(): Promise<void> {}

  async read(address: number, count: number, options: ExchangeOptions = {}): Promise<Uint32Array> {
    const [words] = await this.exchange([{ address, count }], options);
    return words!;
  }

  async writeAll(places: readonly Piece[], { signal, onProgress }: ExchangeOptions = {}): Promise<void> {
    const requests = places.flatMap(({ address, words }) =>
      Array.from(words, (data, i) => ({ address: address + i, data })),
    );
    for (let from = 0; from < requests.length; from += long) {
      this.#ask(requests.slice(from, from + long));
      onProgress?.(Math.min(requests.length, from + long), requests.length);
      await this.#rest(signal, `write ${requests.length} words`);
    }
  }

  async exchange(steps: readonly Step[], { signal }: ExchangeOptions = {}): Promise<Uint32Array[]> {
    const requests = steps.flatMap((step): Request[] =>
      'words' in step
        ? Array.from(step.words, (data, i) => ({ address: step.address + i, data }))
        : Array.from({ length: step.count }, (_, i) => ({ address: step.address + i })),
    );
    const words: number[] = [];
    for (let from = 0; from < requests.length; from += long) {
      words.push(...this.#ask(requests.slice(from, from + long)));
      await this.#rest(signal, `read and write ${requests.length} words`);
    }
    let next = 0;
    return steps.flatMap(step => {
      if ('words' in step) return [];
      next += step.count;
      return [Uint32Array.from(words.slice(next - step.count, next))];
    });
  }

  async close(): Promise<void> {}

  /** Makes requests, one in each cycle, and gives the words that come for those that read. */
  #ask(requests: readonly Request[]): number[] {
    const reads = requests.filter(({ data }) => data === undefined).length;
    const words = this.#run(requests, requests.length <= short ? short : long);
    while (words.length < reads) words.push(...this.#run([], short));
    this.counts.sent += requests.length;
    this.counts.answered += requests.length;
    return words;
  }

  /** Runs some cycles with a request in each of the first ones; gives the words that came. */
  #run(requests: readonly Request[], cycles: number): number[] {
    const run: Run = this.#runs.get(cycles) ?? { stimulus: this.#simulation.stimulus(cycles) };
    this.#runs.set(cycles, run);
    const { stimulus } = run;
    const [read, write, address, data] = ['read', 'write', 'address', 'data'].map(name =>
      stimulus.field(`request_${name}`),
    );
    for (let cycle = 0; cycle < cycles; cycle++) {
      const request = requests[cycle];
      const isRead = request !== undefined && request.data === undefined;
      stimulus.setNumber(read!, cycle, isRead ? 1 : 0);
      stimulus.setNumber(write!, cycle, request?.data === undefined ? 0 : 1);
      stimulus.setNumber(address!, cycle, request?.address ?? 0);
      stimulus.setNumber(data!, cycle, request?.data ?? 0);
    }
    const results = this.#simulation.run(stimulus, run.results === undefined ? {} : { results: run.results });
    run.results = results;
    const [ready, came, word] = ['ready', 'response_valid', 'response_data'].map(name => results.field(name));
    const words: number[] = [];
    for (let cycle = 0; cycle < cycles; cycle++) {
      if (cycle < requests.length && results.number(ready!, cycle) === 0)
        throw new Error('weights are written while a job reads them');
      if (results.number(came!, cycle) === 1) words.push(results.number(word!, cycle));
    }
    return words;
  }

  /** Lets timers and other work of the process have their turn, every few milliseconds. */
  async #rest(signal: AbortSignal | undefined, what: string): Promise<void> {
    if (signal?.aborted === true) throw cancelled(what, signal.reason);
    if (performance.now() - this.#lastRest < 10) return;
    await setImmediate();
    this.#lastRest = performance.now();
  }
}
