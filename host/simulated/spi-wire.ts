import type { RecordField, Records } from '../../sim/index.ts';
import type { ByteWire } from './byte-wire.ts';
import type { SimulatedPins } from './pins.ts';

/** What a simulated SPI wire ends at: ports `sck`, `mosi`, `cs_n` and `miso`. */
export interface SpiWireOptions {
  readonly simulation: SimulatedPins;
  /** Cycles of the circuit in one of `sck`: an even number. */
  readonly cyclesPerBit: number;
  /** Bytes that are exchanged in one go. */
  readonly blockBytes?: number;
}

/**
 * The lines of SPI in mode 0, bit by bit, at the ports of a simulated circuit: the highest bit first, and both sides look where `sck` rises.
 * The master is here. It has the slave selected all the time and sends zeros where it has nothing to send, since the slave can only send
 * while the master does. Of the zeros that come one behind the other only the first is given: more tell nothing in a link of frames.
 */
export class SpiWire implements ByteWire {
  #simulation: SimulatedPins;
  readonly #cyclesPerBit: number;
  readonly #blockBytes: number;
  readonly #stimulus: Records;
  readonly #results: Records;
  readonly #mosi: RecordField;
  readonly #miso: RecordField;
  #queue: number[] = [];
  #last = 0;

  constructor({ simulation, cyclesPerBit, blockBytes = 16 }: SpiWireOptions) {
    this.#simulation = simulation;
    this.#cyclesPerBit = cyclesPerBit;
    this.#blockBytes = blockBytes;
    const cycles = 8 * cyclesPerBit * blockBytes;
    simulation.set('cs_n', 1);
    // The first run tells how results lie.
    this.#results = simulation.run(simulation.stimulus(cycles));
    this.#stimulus = simulation.stimulus(cycles);
    const [sck, csN] = [this.#stimulus.field('sck'), this.#stimulus.field('cs_n')];
    for (let cycle = 0; cycle < cycles; cycle++) {
      this.#stimulus.setNumber(csN, cycle, 0);
      this.#stimulus.setNumber(sck, cycle, cycle % cyclesPerBit < cyclesPerBit / 2 ? 0 : 1);
    }
    this.#mosi = this.#stimulus.field('mosi');
    this.#miso = this.#results.field('miso');
  }

  attach(simulation: SimulatedPins): void {
    simulation.set('cs_n', 1);
    simulation.run(simulation.stimulus(1));
    this.#simulation = simulation;
  }

  get blockCycles(): number {
    return this.#stimulus.cycles;
  }

  get isSending(): boolean {
    return this.#queue.length > 0;
  }

  send(bytes: Iterable<number>): void {
    this.#queue.push(...bytes);
  }

  clear(): void {
    this.#queue = [];
  }

  runBlock(): number[] {
    const sent = this.#queue.splice(0, this.#blockBytes);
    const { cycles } = this.#stimulus;
    const bitAt = (cycle: number): number => {
      const place = Math.floor(cycle / this.#cyclesPerBit);
      return ((sent[place >> 3] ?? 0) >> (7 - (place & 7))) & 1;
    };
    for (let cycle = 0; cycle < cycles; cycle++) this.#stimulus.setNumber(this.#mosi, cycle, bitAt(cycle));
    this.#simulation.run(this.#stimulus, { results: this.#results });
    const came: number[] = [];
    for (let first = 0; first < cycles; first += 8 * this.#cyclesPerBit) {
      let byte = 0;
      for (let bit = 0; bit < 8; bit++) {
        const rise = first + (bit + 0.5) * this.#cyclesPerBit;
        byte = 2 * byte + this.#results.number(this.#miso, rise);
      }
      if (byte !== 0 || this.#last !== 0) came.push(byte);
      this.#last = byte;
    }
    return came;
  }
}
