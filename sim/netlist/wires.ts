import { type Interval, int, type NetId, uint } from '../../ir/index.ts';
import type { CircuitBuilder } from './builder.ts';
import {
  clockIsRead,
  multiplyDriven,
  ringOfNets,
  undriven,
  undrivenIsZero,
  unknownIsZero,
} from './diagnostics.ts';
import type { NetlistBit } from './json.ts';
import type { NetNames } from './names.ts';
import type { Party } from './party.ts';
import type { Warnings } from './warnings.ts';

/** One bit of a net of a circuit. */
export interface NetBit {
  readonly net: NetId;
  readonly index: number;
}

/** Where in a circuit one bit of its netlist is: a bit of a net, or a constant. */
export type BitPlace = NetBit | { readonly constant: 0 | 1 };

/** Says who drives or reads a net, for a message. */
export type Who = () => Party;

/** Bits side by side that lie side by side in one net too, or constants. */
interface Part {
  /** The net; undefined for a constant. */
  readonly net: NetId | undefined;
  readonly low: number;
  width: number;
  /** How often the last bit is repeated beyond that. */
  repeats: number;
  /** Of a constant. */
  value: bigint;
}

/**
 * The nets of the netlist, one bit each, and the nets of the circuit that they are bits of. What drives several bits
 * together is one net, and what reads them together gets it back as a whole.
 */
export class Wires {
  readonly names: NetNames;
  readonly #builder: CircuitBuilder;
  readonly #warnings: Warnings;
  readonly #undrivenIsZero: boolean;
  /** The net that each bit belongs to, and its place therein. */
  readonly #net: (NetId | undefined)[] = [];
  readonly #index: number[] = [];
  readonly #joined: (NetlistBit | undefined)[] = [];
  readonly #driver: (Who | undefined)[] = [];
  /** Inputs, which become nets when something reads them. */
  readonly #offers = new Map<number, () => void>();
  readonly #readers = new Map<number, Who>();
  /** Nets that were put together, so that the same bits are the same net. */
  readonly #made = new Map<string, NetId>();

  constructor(builder: CircuitBuilder, names: NetNames, warnings: Warnings, undrivenIsZero: boolean) {
    this.#builder = builder;
    this.names = names;
    this.#warnings = warnings;
    this.#undrivenIsZero = undrivenIsZero;
  }

  /** The bits of a vector, the lowest first, are the bits of a net. @throws Diagnostic TCT-3206 if one is driven. */
  drive(bits: readonly NetlistBit[], net: NetId, who: Who): void {
    bits.forEach((bit, i) => {
      if (typeof bit !== 'number') return;
      if (this.#offers.get(bit) === undefined) this.claim(bit, who);
      this.#net[bit] = net;
      this.#index[bit] = i;
    });
  }

  /** The bit is another name of `to`. @throws Diagnostic TCT-3206 if it is driven. */
  join(bit: NetlistBit, to: NetlistBit, who: Who): void {
    if (typeof bit !== 'number') return;
    this.claim(bit, who);
    this.#joined[bit] = to;
  }

  /** When one of the bits is read, `make` will drive all of them. @throws Diagnostic TCT-3206 if one is driven. */
  offer(bits: readonly NetlistBit[], make: () => void, who: Who): void {
    for (const bit of bits) {
      if (typeof bit !== 'number') continue;
      this.claim(bit, who);
      this.#offers.set(bit, make);
    }
  }

  /** Notes who drives a net. @throws Diagnostic TCT-3206 if it is driven. */
  claim(bit: number, who: Who): void {
    const other = this.#driver[bit];
    if (other !== undefined) throw multiplyDriven(this.names.ofDriven(bit), [other(), who()]);
    this.#driver[bit] = who;
  }

  /** Who drives a net; undefined where nothing does. */
  driverOf(bit: number): Party | undefined {
    return this.#driver[bit]?.();
  }

  /** Whether a net is an input of the netlist. */
  isInput(bit: number): boolean {
    return this.#offers.has(bit);
  }

  /** Who reads an input as data. */
  readerOf(bit: number): Party | undefined {
    return this.#readers.get(bit)?.();
  }

  /** The net that stands for this one and all that it is joined with. @throws Diagnostic TCT-3208 for a ring. */
  resolve(bit: NetlistBit): NetlistBit {
    if (typeof bit !== 'number' || this.#joined[bit] === undefined) return bit;
    let at: NetlistBit = bit;
    const passed: number[] = [];
    while (typeof at === 'number') {
      const next: NetlistBit | undefined = this.#joined[at];
      if (next === undefined) return at;
      if (passed.includes(at)) throw ringOfNets(passed.map(each => this.names.of(each)));
      passed.push(at);
      at = next;
    }
    return at;
  }

  /**
   * One net with the bits of a vector, the lowest first, as an unsigned number. Unknown bits are 0.
   *
   * @throws Diagnostic TCT-3207 where nothing drives a bit.
   */
  vector(bits: readonly NetlistBit[], who: Who): NetId {
    const parts = this.#partsOf(bits, who);
    const [only] = parts;
    if (parts.length > 1) return this.#concat(parts, bits);
    if (only?.net === undefined) return this.#builder.constant(only?.value ?? 0n, Math.max(1, bits.length));
    return this.#single(only, bits);
  }

  /**
   * The nets with these bits, of each as many as lie side by side: for whom the order of the bits does not matter, and
   * not how often a bit is there.
   */
  distinct(bits: readonly NetlistBit[], who: Who): NetId[] {
    return this.#partsOf(bits, who).map(part =>
      part.net === undefined ? this.#builder.constant(part.value, part.width) : this.#slice(part, bits),
    );
  }

  /** Where in the circuit a bit is; undefined for clocks, and for what nothing of the circuit reads. */
  placeOf(bit: NetlistBit): BitPlace | undefined {
    const resolved = this.resolve(bit);
    if (typeof resolved !== 'number') return { constant: resolved === '1' ? 1 : 0 };
    const net = this.#net[resolved];
    return net === undefined ? undefined : { net, index: this.#index[resolved]! };
  }

  /** Bits side by side that are bits of one net too, or constants: from the lowest up. */
  #partsOf(bits: readonly NetlistBit[], who: Who): Part[] {
    const parts: Part[] = [];
    let last: Part | undefined;
    let before: NetlistBit | undefined;
    for (const raw of bits) {
      const bit = this.resolve(raw);
      if (bit === 'x' || bit === 'z') this.#warnings.add(unknownIsZero(who()));
      const net = typeof bit === 'number' ? this.#netOf(bit, who) : undefined;
      if (typeof bit !== 'number' || net === undefined) {
        const value = bit === '1' ? 1n : 0n;
        if (last === undefined || last.net !== undefined) {
          last = { net: undefined, low: 0, width: 0, repeats: 0, value: 0n };
          parts.push(last);
        }
        last.value |= value << BigInt(last.width++);
      } else {
        const index = this.#index[bit]!;
        if (last !== undefined && bit === before) last.repeats++;
        else if (last?.net === net && last.repeats === 0 && last.low + last.width === index) last.width++;
        else {
          last = { net, low: index, width: 1, repeats: 0, value: 0n };
          parts.push(last);
        }
      }
      before = bit;
    }
    return parts;
  }

  /** The same for a vector of one bit. */
  bit(raw: NetlistBit, who: Who): NetId {
    const bit = this.resolve(raw);
    const net = typeof bit === 'number' ? this.#netOf(bit, who) : undefined;
    if (net === undefined) return this.vector([raw], who);
    const { width, signed } = this.#builder.interval(net);
    return width === 1 && !signed ? net : this.vector([raw], who);
  }

  /** The same for something that only looks: undefined where a bit has no value, or would become an input. */
  peek(bits: readonly NetlistBit[], who: Who): NetId | undefined {
    const isThere = (raw: NetlistBit): boolean => {
      const bit = this.resolve(raw);
      return typeof bit !== 'number' ? bit === '0' || bit === '1' : this.#net[bit] !== undefined;
    };
    return bits.every(isThere) ? this.vector(bits, who) : undefined;
  }

  #netOf(bit: number, who: Who): NetId | undefined {
    const offer = this.#offers.get(bit);
    if (offer !== undefined) {
      if (!this.#readers.has(bit)) this.#readers.set(bit, who);
      if (this.#net[bit] === undefined) offer();
    }
    const net = this.#net[bit];
    if (net !== undefined) return net;
    const name = this.names.of(bit);
    const clock = this.driverOf(bit);
    if (clock !== undefined) throw clockIsRead(name, clock, who());
    if (!this.#undrivenIsZero) throw undriven(name, who());
    this.#warnings.add(undrivenIsZero(name));
    return undefined;
  }

  /** The bits of one net: the net itself, or a part of it. */
  #single(part: Part, bits: readonly NetlistBit[]): NetId {
    const { width, repeats } = part;
    if (repeats === 0) return this.#slice(part, bits);
    return this.#once(`u${this.#key(part)}`, bits, () =>
      this.#builder.cell('wrap', [this.#extended(part, bits)], { to: uint(width + repeats) }),
    );
  }

  #slice({ net, low, width }: Part, bits: readonly NetlistBit[]): NetId {
    const { interval } = this.#builder.nets[net!]!;
    if (low === 0 && width === interval.width && !interval.signed) return net!;
    return this.#once(`${net}:${low}:${width}`, bits, () =>
      this.#builder.cell('slice', [net!], { low, width }),
    );
  }

  /** A number whose low bits are those of the part with its repetitions: the sign of the other bits, extended. */
  #extended(part: Part, bits: readonly NetlistBit[]): NetId {
    const { net, low, width, repeats } = part;
    if (repeats === 0) return this.#slice(part, bits);
    const { interval } = this.#builder.nets[net!]!;
    if (interval.signed && low === 0 && width === interval.width) return net!;
    return this.#once(this.#key(part), bits, () => {
      const slice = this.#slice(part, bits);
      return width === 1
        ? this.#builder.cell('mask', [slice], undefined)
        : this.#builder.cell('wrap', [slice], { to: int(width) });
    });
  }

  #key({ net, low, width, repeats, value }: Part): string {
    return net === undefined ? `c${value}:${width}` : `${net}:${low}:${width}+${repeats}`;
  }

  #concat(parts: readonly Part[], bits: readonly NetlistBit[]): NetId {
    return this.#once(parts.map(part => this.#key(part)).join(), bits, () => {
      const operands = parts.map(part =>
        part.net === undefined ? this.#builder.constant(part.value, part.width) : this.#extended(part, bits),
      );
      const widths = parts.map(({ width, repeats }) => width + repeats);
      return this.#builder.cell('concat', operands, { widths });
    });
  }

  /** The net under a key, made when it is first asked for and called what the netlist calls the bits. */
  #once(key: string, bits: readonly NetlistBit[], make: () => NetId): NetId {
    let net = this.#made.get(key);
    if (net === undefined) {
      net = make();
      this.#made.set(key, net);
      const name = this.names.ofVector(bits);
      if (name !== undefined)
        this.#builder.nets[net] = { ...this.#builder.nets[net]!, name, source: this.names.sourceOf(bits[0]) };
    }
    return net;
  }
}

/** The interval of a port or a net of `width` bits. */
export function formatOf(width: number, signed: boolean): Interval {
  return signed ? int(width) : uint(width);
}
