import { setImmediate } from 'node:timers/promises';
import type { Records } from '../../sim/index.ts';
import { cancelled } from '../diagnostics.ts';
import type { ExchangeOptions, LinkCounts, Piece, Step } from '../link-client.ts';
import type { WordPort } from '../word-port.ts';
import type { SimulatedPins } from './pins.ts';

/** Cycles of a classic transfer to which the slave answers at once. */
const usualCycles = 2;

/** Cycles that a slave may take for an answer: many times those of a job. */
const patience = 2 ** 26;

/** The master of a Wishbone bus (classic cycles, 32 bits) at the ports `wb_…` of a simulated circuit, one transfer behind the other. */
export class SimulatedWishbone implements WordPort {
  readonly name: string;
  readonly counts: LinkCounts = { sent: 0, repeated: 0, answered: 0, damaged: 0 };
  readonly #simulation: SimulatedPins;
  readonly #stimulus: Records;
  readonly #results: Records;
  #lastRest = performance.now();

  constructor(name: string, simulation: SimulatedPins) {
    this.name = name;
    this.#simulation = simulation;
    // The first run tells how results lie.
    this.#results = simulation.run(simulation.stimulus(usualCycles));
    this.#stimulus = simulation.stimulus(usualCycles);
  }

  async synchronise(): Promise<void> {}

  async read(address: number, count: number, options: ExchangeOptions = {}): Promise<Uint32Array> {
    const [words] = await this.exchange([{ address, count }], options);
    return words!;
  }

  async writeAll(places: readonly Piece[], options: ExchangeOptions = {}): Promise<void> {
    await this.exchange(places, options);
  }

  async exchange(
    steps: readonly Step[],
    { signal, onProgress }: ExchangeOptions = {},
  ): Promise<Uint32Array[]> {
    const lengthOf = (step: Step): number => ('words' in step ? step.words.length : step.count);
    const total = steps.reduce((sum, step) => sum + lengthOf(step), 0);
    const read: Uint32Array[] = [];
    let done = 0;
    for (const step of steps) {
      const words = 'words' in step ? step.words : new Uint32Array(step.count);
      if (!('words' in step)) read.push(words);
      for (let i = 0; i < words.length; i++) {
        if ('words' in step) this.#transfer(step.address + i, words[i]!);
        else words[i] = this.#transfer(step.address + i, undefined);
        done++;
        if (performance.now() - this.#lastRest < 10) continue;
        onProgress?.(done, total);
        await setImmediate();
        if (signal?.aborted === true) throw cancelled(`read and write ${total} words`, signal.reason);
        this.#lastRest = performance.now();
      }
    }
    return read;
  }

  async close(): Promise<void> {}

  /** A transfer, which writes where there are data; gives the word that was read. */
  #transfer(address: number, data: number | undefined): number {
    const values = { cyc: 1, stb: 1, we: data === undefined ? 0 : 1, adr: address, sel: 15, dat: data ?? 0 };
    for (const [name, value] of Object.entries(values)) {
      const field = this.#stimulus.field(`wb_${name}_i`);
      for (let cycle = 0; cycle < usualCycles; cycle++) this.#stimulus.setNumber(field, cycle, value);
    }
    this.#simulation.run(this.#stimulus, { results: this.#results });
    this.counts.sent++;
    let [answer, last] = [this.#results, usualCycles - 1];
    for (let waited = 0; !this.#isAnswered(answer, last); waited++) {
      if (waited === patience) throw new Error(`no answer at the address ${address}`);
      // The inputs stay as they are.
      [answer, last] = [this.#simulation.run(this.#simulation.stimulus(1)), 0];
    }
    this.counts.answered++;
    if (answer.number(answer.field('wb_err_o'), last) === 1)
      throw new Error(`the core refuses the address ${address}`);
    return answer.number(answer.field('wb_dat_o'), last);
  }

  #isAnswered(results: Records, cycle: number): boolean {
    return ['wb_ack_o', 'wb_err_o'].some(name => results.number(results.field(name), cycle) === 1);
  }
}
