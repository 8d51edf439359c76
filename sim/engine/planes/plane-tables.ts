import type { NetId } from '../../../ir/index.ts';
import { planeBytes } from '../../planes.ts';
import type { Format } from '../../storage.ts';
import type { Layout } from '../layout.ts';
import type { Tuple } from '../tuples.ts';

/** Where a loop finds an operand that does not lie at a constant distance from one turn to the next. */
export interface Scattered {
  readonly place: 'state' | 'input';
  /** The lowest of all turns: an address, or an offset in the record of stimuli. */
  readonly lowest: number;
  /** The address of an i32: how far from the lowest the first turn's is. The next turn's lies `planeBytes` further. */
  readonly table: number;
  readonly format: Format;
}

/** How many tables lie side by side: a turn takes as many bytes of tables as a plane has. */
const abreast = planeBytes / 4;

/**
 * Tables in memory by which loops find operands that are scattered. They hold distances from the lowest, so that what is
 * scattered alike, such as each bit of the lanes of a tree, shares one.
 */
export class PlaneTables {
  readonly #layout: Layout;
  readonly #scattered = new Map<Tuple, Scattered | undefined>();
  readonly #tables = new Map<string, { readonly address: number; readonly distances: readonly number[] }>();
  /** Addresses that are free, by number of turns. */
  readonly #free = new Map<number, number[]>();
  #end: number;

  /** The tables begin where the layout ends. */
  constructor(layout: Layout) {
    this.#layout = layout;
    this.#end = planeBytes * Math.ceil(layout.end / planeBytes);
  }

  /** The first byte beyond the tables. */
  get end(): number {
    return this.#end;
  }

  /** How the lanes of the tuple are found, if all are bits of one net, or all registers, or all inputs. */
  of(tuple: Tuple): Scattered | undefined {
    if (!this.#scattered.has(tuple)) this.#scattered.set(tuple, this.#find(tuple));
    return this.#scattered.get(tuple);
  }

  /** Writes all tables that were asked for. */
  fill(memory: DataView): void {
    for (const { address, distances } of this.#tables.values())
      distances.forEach((distance, turn) => {
        memory.setInt32(address + turn * planeBytes, distance, true);
      });
  }

  #find(tuple: Tuple): Scattered | undefined {
    const [first, ...others] = tuple.nets.map((net, lane) => this.#placeOf(tuple, net, lane));
    if (first === undefined) return undefined;
    const offsets = [first.offset];
    for (const other of others) {
      if (other?.place !== first.place || !isSame(other.format, first.format)) return undefined;
      offsets.push(other.offset);
    }
    const lowest = Math.min(...offsets);
    const table = this.#table(offsets.map(offset => offset - lowest));
    return { place: first.place, lowest, table, format: first.format };
  }

  #placeOf(tuple: Tuple, net: NetId, lane: number) {
    if (tuple.kind !== 'bits') return this.#netAt(net);
    const source = this.#netAt(tuple.source);
    if (source === undefined) return undefined;
    const format = { bytes: planeBytes, signed: false };
    return { place: source.place, format, offset: source.offset + planeBytes * tuple.bits[lane]! };
  }

  #netAt(net: NetId) {
    const state = this.#layout.states.get(net);
    if (state !== undefined) return { place: 'state' as const, format: state, offset: state.address };
    const input = this.#layout.inputOf.get(net);
    if (input === undefined) return undefined;
    const field = this.#layout.inputs.fields[input]!;
    return { place: 'input' as const, format: field, offset: field.offset };
  }

  #table(distances: readonly number[]): number {
    const key = distances.join();
    const known = this.#tables.get(key);
    if (known !== undefined) return known.address;
    let free = this.#free.get(distances.length);
    if (free === undefined || free.length === 0) {
      const begin = this.#end;
      this.#end += planeBytes * distances.length;
      free = Array.from({ length: abreast }, (_, i) => begin + 4 * i);
      this.#free.set(distances.length, free);
    }
    const address = free.shift()!;
    this.#tables.set(key, { address, distances });
    return address;
  }
}

function isSame(a: Format, b: Format): boolean {
  return a.bytes === b.bytes && a.signed === b.signed;
}
