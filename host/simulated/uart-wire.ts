import type { RecordField, Records } from '../../sim/index.ts';
import type { ByteWire } from './byte-wire.ts';
import type { SimulatedPins } from './pins.ts';

/** What a simulated UART wire ends at. */
export interface UartWireOptions {
  readonly simulation: SimulatedPins;
  /** The clock of the simulation. */
  readonly clockHz: number;
  readonly baud: number;
  /** The ports of the circuit, seen from it. */
  readonly rx?: string;
  readonly tx?: string;
  /** Cycles that are simulated in one go: what comes out is looked at after so many. */
  readonly blockCycles?: number;
  /** Changes what is on the two lines in a block, a byte (0 or 1) for each cycle: to make faults. */
  readonly disturb?: (lines: { readonly rx: Uint8Array; readonly tx: Uint8Array }, cycle: number) => void;
}

/**
 * The two lines of a UART, bit by bit, at the ports of a simulated circuit. The host's side is done here: it puts bytes on the
 * line `rx` of the circuit, and reads those that it says on `tx`. Cycles are simulated in blocks, with the bits of `rx` in the
 * stimulus, so that no cycle costs a call.
 */
export class UartWire implements ByteWire {
  #simulation: SimulatedPins;
  readonly #rxPort: string;
  readonly #cyclesPerBit: number;
  readonly #stimulus: Records;
  readonly #results: Records;
  readonly #rx: RecordField;
  readonly #tx: RecordField;
  readonly #disturb: UartWireOptions['disturb'];
  readonly #lines: { readonly rx: Uint8Array; readonly tx: Uint8Array };
  /** Bytes for the circuit, and how far the line is: the first bit that is not wholly in a block that was run. */
  #queue: number[] = [];
  #bitOfFirst = 0;
  /** Where the next start bit may begin, from the start of the next block. */
  #free = 0;
  /** The byte that is coming: its bits so far, and where the next look at it is due. */
  #coming: { bits: number; count: number; due: number } | undefined;
  #rests = true;
  /** Bytes without a stop bit that came from the circuit. */
  damaged = 0;

  constructor({
    simulation,
    clockHz,
    baud,
    rx = 'rx',
    tx = 'tx',
    blockCycles = 2048,
    disturb,
  }: UartWireOptions) {
    this.#simulation = simulation;
    this.#rxPort = rx;
    this.#cyclesPerBit = clockHz / baud;
    simulation.set(rx, 1);
    this.#stimulus = simulation.stimulus(blockCycles);
    // The first run tells how results lie.
    this.#results = simulation.run(simulation.stimulus(blockCycles));
    this.#rx = this.#stimulus.field(rx);
    this.#tx = this.#results.field(tx);
    this.#disturb = disturb;
    this.#lines = { rx: new Uint8Array(blockCycles), tx: new Uint8Array(blockCycles) };
  }

  attach(simulation: SimulatedPins): void {
    simulation.set(this.#rxPort, 1);
    this.#simulation = simulation;
  }

  get blockCycles(): number {
    return this.#stimulus.cycles;
  }

  get isSending(): boolean {
    return this.#queue.length > 0;
  }

  send(bytes: Iterable<number>): void {
    for (const byte of bytes) this.#queue.push(byte);
  }

  clear(): void {
    this.#queue = [];
    this.#bitOfFirst = 0;
  }

  runBlock(): number[] {
    const { rx, tx } = this.#lines;
    this.#fill(rx);
    if (this.#disturb !== undefined) this.#disturb({ rx, tx: new Uint8Array(0) }, this.#simulation.cycle);
    copyIn(rx, this.#stimulus, this.#rx);
    const before = this.#simulation.cycle;
    this.#simulation.run(this.#stimulus, { results: this.#results });
    copyOut(this.#results, this.#tx, tx);
    if (this.#disturb !== undefined) this.#disturb({ rx: new Uint8Array(0), tx }, before);
    return this.#read(tx);
  }

  /** The level of the line in each cycle of a block, from the bytes that are to be sent. */
  #fill(line: Uint8Array): void {
    line.fill(1);
    let at = this.#free;
    while (this.#queue.length > 0 && at < line.length) {
      const byte = this.#queue[0]!;
      const bit = this.#bitOfFirst;
      const level = bit === 0 ? 0 : bit === 9 ? 1 : (byte >> (bit - 1)) & 1;
      const end = at + this.#cyclesPerBit;
      if (level === 0) line.fill(0, Math.max(0, Math.round(at)), Math.min(line.length, Math.round(end)));
      if (Math.round(end) > line.length) break;
      at = end;
      this.#bitOfFirst = (bit + 1) % 10;
      if (bit === 9) this.#queue.shift();
    }
    this.#free = this.#queue.length > 0 ? at - line.length : Math.max(0, at - line.length);
  }

  #read(line: Uint8Array): number[] {
    const bytes: number[] = [];
    let at = 0;
    for (;;) {
      if (this.#coming === undefined) {
        // A start is a fall: where the line was 0 before, it has to be 1 first.
        if (!this.#rests) at = line.indexOf(1, at);
        if (at < 0) break;
        this.#rests = true;
        at = line.indexOf(0, at);
        if (at < 0) break;
        this.#coming = { bits: 0, count: 0, due: at + this.#cyclesPerBit / 2 };
      }
      const { coming } = { coming: this.#coming };
      while (coming.count < 10 && Math.floor(coming.due) < line.length) {
        at = Math.floor(coming.due);
        coming.bits |= line[at]! << coming.count++;
        coming.due += this.#cyclesPerBit;
        if (coming.count === 1 && coming.bits === 1) break;
      }
      if (coming.count === 1 && coming.bits === 1) {
        this.#coming = undefined;
      } else if (coming.count === 10) {
        this.#coming = undefined;
        this.#rests = coming.bits >> 9 === 1;
        if (this.#rests) bytes.push((coming.bits >> 1) & 0xff);
        else this.damaged++;
      } else {
        coming.due -= line.length;
        break;
      }
    }
    return bytes;
  }
}

function copyIn(line: Uint8Array, records: Records, { offset }: RecordField): void {
  const { bytes, layout } = records;
  for (let cycle = 0, to = offset; cycle < line.length; cycle++, to += layout.stride)
    bytes[to] = line[cycle]!;
}

function copyOut(records: Records, { offset }: RecordField, line: Uint8Array): void {
  const { bytes, layout } = records;
  for (let cycle = 0, from = offset; cycle < line.length; cycle++, from += layout.stride)
    line[cycle] = bytes[from]!;
}
