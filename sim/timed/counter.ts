import { badPeriod, wrongSourceCount } from './diagnostics.ts';
import { startOf, type TimedNetlist } from './timed-netlist.ts';

export interface CounterOptions {
  /** The period of the clock in ps. */
  readonly periodPs: number;
}

/** No event. */
const never = 0x7fffffff;

/**
 * Runs a netlist with its delays, and counts how often each net changes.
 *
 * It needs no queue of events. Each table comes behind those that drive it, so within a cycle all changes of its inputs
 * are known when its turn comes: it merges these lists of moments, and gives the list of its own. A table whose inputs
 * did not change costs four reads. The lists of one cycle lie one behind the other in one array.
 *
 * That asks for one thing: a cycle goes on until all nets have their last value, even beyond the next edge (see
 * `settledAfterPs`).
 */
export class TransitionCounter {
  /** How often each net had another value at the end of a cycle than at its begin. */
  readonly functional: Float64Array;
  /** How often each net changed. */
  readonly all: Float64Array;
  /** For each net the cycles at whose end it became 0, less those at whose end it became 1. */
  readonly #ones: Float64Array;
  /** Cycles that were counted. */
  cycles = 0;

  readonly #sources: { readonly net: Int32Array; readonly rise: Int32Array; readonly fall: Int32Array };
  readonly #tables: number;
  /** Four for each table; those that are not there have a net that never changes. */
  readonly #inputs: Int32Array;
  readonly #delays: Int32Array;
  readonly #inertia: Int32Array;
  readonly #results: Uint16Array;
  readonly #outputs: Int32Array;
  readonly #rise: Int32Array;
  readonly #fall: Int32Array;
  /** The number that the inputs of each table are. */
  readonly #index: Uint8Array;

  /** The value of each net; when a cycle begins, of the one before. */
  readonly #value: Uint8Array;
  /** Where the moments lie at which a net changes in this cycle, and how many there are. */
  readonly #start: Int32Array;
  readonly #count: Int32Array;
  #moments: Int32Array = new Int32Array(1 << 16);
  #isSettled = false;

  /** @throws Diagnostic TCT-3504 for a period that cannot be. */
  constructor({ nets, sources, tables }: TimedNetlist, { periodPs }: CounterOptions) {
    if (!Number.isInteger(periodPs) || periodPs < 2 || periodPs > 1e9) throw badPeriod(periodPs);
    this.functional = new Float64Array(nets.length);
    this.all = new Float64Array(nets.length);
    this.#ones = new Float64Array(nets.length);
    this.#value = new Uint8Array(nets.length + 1);
    this.#start = new Int32Array(nets.length + 1);
    this.#count = new Int32Array(nets.length + 1);
    this.#sources = {
      net: Int32Array.from(sources, ({ net }) => net),
      rise: Int32Array.from(sources, ({ event, risePs }) => startOf(event, periodPs) + risePs),
      fall: Int32Array.from(sources, ({ event, fallPs }) => startOf(event, periodPs) + fallPs),
    };
    const unused = nets.length;
    const pins = tables.flatMap(({ inputs }) => [0, 1, 2, 3].map(i => inputs[i]));
    this.#tables = tables.length;
    this.#inputs = Int32Array.from(pins, pin => pin?.net ?? unused);
    this.#delays = Int32Array.from(pins, pin => pin?.delayPs ?? 0);
    this.#inertia = Int32Array.from(pins, pin => pin?.inertiaPs ?? 0);
    this.#results = Uint16Array.from(tables, ({ results }) => results);
    this.#outputs = Int32Array.from(tables, ({ output }) => output);
    this.#rise = Int32Array.from(tables, ({ risePs }) => risePs);
    this.#fall = Int32Array.from(tables, ({ fallPs }) => fallPs);
    this.#index = new Uint8Array(tables.length);
  }

  /**
   * Runs some cycles and counts what changes from each one to the next. Where nothing has begun, it begins with the
   * first one.
   * @param values 0 or 1 for each source in each cycle, those of a cycle side by side.
   * @throws Diagnostic TCT-3506 if these are no whole cycles.
   */
  run(values: Uint8Array): void {
    const sources = this.#sources.net.length;
    const cycles = sources === 0 ? 0 : values.length / sources;
    if (!Number.isInteger(cycles)) throw wrongSourceCount(values.length, sources);
    for (let cycle = 0; cycle < cycles; cycle++) {
      const row = values.subarray(cycle * sources, (cycle + 1) * sources);
      if (this.#isSettled) this.#step(row);
      else this.begin(row);
    }
  }

  /** Of the cycles that were counted, how many a net ended as 1. */
  onesOf(net: number): number {
    return this.#ones[net]! + this.#value[net]! * this.cycles;
  }

  /** Goes to a cycle without counting: the values of the sources in it. */
  begin(row: Uint8Array): void {
    // What jumps here is 1 neither longer nor shorter for it.
    for (let net = 0; net < this.#ones.length; net++) this.#ones[net] = this.onesOf(net);
    row.forEach((value, i) => {
      this.#value[this.#sources.net[i]!] = value;
    });
    for (let table = 0; table < this.#tables; table++) {
      let index = 0;
      for (let i = 0; i < 4; i++) index |= this.#value[this.#inputs[4 * table + i]!]! << i;
      this.#index[table] = index;
      this.#value[this.#outputs[table]!] = (this.#results[table]! >> index) & 1;
    }
    for (let net = 0; net < this.#ones.length; net++) this.#ones[net]! -= this.#value[net]! * this.cycles;
    this.#isSettled = true;
  }

  #step(row: Uint8Array): void {
    this.#cycle(this.#sourcesChange(row));
    const [value, count, ones, { all, functional, cycles }] = [this.#value, this.#count, this.#ones, this];
    for (let net = 0; net < all.length; net++) {
      const changes = count[net]!;
      if (changes === 0) continue;
      all[net]! += changes;
      if ((changes & 1) === 0) continue;
      functional[net]!++;
      // A net that falls was 1 up to here, and one that rises will have been 1 from here on.
      ones[net]! += value[net] === 1 ? cycles : -cycles;
      value[net]! ^= 1;
    }
    this.cycles++;
  }

  /** @returns where the list of moments ends. */
  #sourcesChange(row: Uint8Array): number {
    const { net, rise, fall } = this.#sources;
    const [value, start, count, moments] = [
      this.#value,
      this.#start,
      this.#count,
      this.#roomFor(0, row.length),
    ];
    let top = 0;
    for (let i = 0; i < row.length; i++) {
      const at = net[i]!;
      const next = row[i]!;
      if (value[at] === next) {
        count[at] = 0;
        continue;
      }
      start[at] = top;
      count[at] = 1;
      moments[top++] = next === 1 ? rise[i]! : fall[i]!;
    }
    return top;
  }

  /** The list of moments, with room for `more` behind `top`. */
  #roomFor(top: number, more: number): Int32Array {
    if (top + more > this.#moments.length) {
      const larger = new Int32Array(2 * (top + more));
      larger.set(this.#moments);
      this.#moments = larger;
    }
    return this.#moments;
  }

  /**
   * Lets all tables follow their inputs. Here all the time goes, so it is written for the optimiser: numbers in local
   * variables, the four inputs one by one.
   */
  #cycle(begin: number): void {
    const [inputs, delays, inertia] = [this.#inputs, this.#delays, this.#inertia];
    const [start, count, indices] = [this.#start, this.#count, this.#index];
    let moments = this.#moments;
    let top = begin;
    for (let table = 0, pin = 0; table < this.#tables; table++, pin += 4) {
      const output = this.#outputs[table]!;
      const net0 = inputs[pin]!;
      const net1 = inputs[pin + 1]!;
      const net2 = inputs[pin + 2]!;
      const net3 = inputs[pin + 3]!;
      const changes = count[net0]! + count[net1]! + count[net2]! + count[net3]!;
      if (changes === 0) {
        count[output] = 0;
        continue;
      }
      if (top + changes > moments.length) moments = this.#roomFor(top, changes);
      const results = this.#results[table]!;
      const rise = this.#rise[table]!;
      const fall = this.#fall[table]!;
      const first = top;
      let index = indices[table]!;
      let value = (results >> index) & 1;
      if (changes === 1) {
        // The usual case: one input changes once, and the output follows or not.
        const place = count[net0] === 1 ? 0 : count[net1] === 1 ? 1 : count[net2] === 1 ? 2 : 3;
        index ^= 1 << place;
        indices[table] = index;
        const result = (results >> index) & 1;
        count[output] = result ^ value;
        if (result === value) continue;
        start[output] = top;
        const arrival = moments[start[inputs[pin + place]!]!]! + delays[pin + place]!;
        moments[top++] = arrival + (result === 1 ? rise : fall);
        continue;
      }
      let due = never;

      let at0 = start[net0]!;
      let at1 = start[net1]!;
      let at2 = start[net2]!;
      let at3 = start[net3]!;
      const end0 = at0 + count[net0]!;
      const end1 = at1 + count[net1]!;
      const end2 = at2 + count[net2]!;
      const end3 = at3 + count[net3]!;
      const delay0 = delays[pin + 0]!;
      const delay1 = delays[pin + 1]!;
      const delay2 = delays[pin + 2]!;
      const delay3 = delays[pin + 3]!;
      const inertia0 = inertia[pin + 0]!;
      const inertia1 = inertia[pin + 1]!;
      const inertia2 = inertia[pin + 2]!;
      const inertia3 = inertia[pin + 3]!;
      let next0 = never;
      let next1 = never;
      let next2 = never;
      let next3 = never;
      // A wire swallows two changes that follow each other faster than its slowest part.
      while (at0 + 1 < end0 && moments[at0 + 1]! - moments[at0]! < inertia0) at0 += 2;
      if (at0 < end0) next0 = moments[at0++]! + delay0;
      while (at1 + 1 < end1 && moments[at1 + 1]! - moments[at1]! < inertia1) at1 += 2;
      if (at1 < end1) next1 = moments[at1++]! + delay1;
      while (at2 + 1 < end2 && moments[at2 + 1]! - moments[at2]! < inertia2) at2 += 2;
      if (at2 < end2) next2 = moments[at2++]! + delay2;
      while (at3 + 1 < end3 && moments[at3 + 1]! - moments[at3]! < inertia3) at3 += 2;
      if (at3 < end3) next3 = moments[at3++]! + delay3;

      for (;;) {
        const now = Math.min(next0, next1, next2, next3);
        if (due <= now) {
          if (due === never) break;
          moments[top++] = due;
          value ^= 1;
          due = never;
          continue;
        }
        if (next0 === now) {
          index ^= 1;
          while (at0 + 1 < end0 && moments[at0 + 1]! - moments[at0]! < inertia0) at0 += 2;
          next0 = at0 < end0 ? moments[at0++]! + delay0 : never;
        }
        if (next1 === now) {
          index ^= 2;
          while (at1 + 1 < end1 && moments[at1 + 1]! - moments[at1]! < inertia1) at1 += 2;
          next1 = at1 < end1 ? moments[at1++]! + delay1 : never;
        }
        if (next2 === now) {
          index ^= 4;
          while (at2 + 1 < end2 && moments[at2 + 1]! - moments[at2]! < inertia2) at2 += 2;
          next2 = at2 < end2 ? moments[at2++]! + delay2 : never;
        }
        if (next3 === now) {
          index ^= 8;
          while (at3 + 1 < end3 && moments[at3 + 1]! - moments[at3]! < inertia3) at3 += 2;
          next3 = at3 < end3 ? moments[at3++]! + delay3 : never;
        }
        const result = (results >> index) & 1;
        if (result === value) due = never;
        else if (due === never) due = now + (result === 1 ? rise : fall);
      }
      indices[table] = index;
      start[output] = first;
      count[output] = top - first;
    }
  }
}
