import {
  bit,
  type Cell,
  type Circuit,
  type Constant,
  type Domain,
  type DomainId,
  type Interval,
  type Latch,
  type Lookup,
  type Memory,
  type MemoryRead,
  type MemoryWrite,
  type NamedSignal,
  type Net,
  type NetId,
  type OperationName,
  operationNamed,
  type ParametersOf,
  type Port,
  type Property,
  type Register,
  uint,
} from '../../ir/index.ts';
import type { Print } from './print.ts';

/** What a register takes at an edge, and without one. */
export interface RegisterControls {
  /** What it takes at an edge of `domain`. Without a domain it never has one. */
  readonly next: NetId;
  readonly domain: DomainId | undefined;
  readonly enable?: NetId | undefined;
  /** At an edge where `when` is 1 it takes `value`: enabled or not, unless the reset `waits` for the enable. */
  readonly reset?:
    | { readonly when: NetId; readonly value: bigint; readonly waits?: boolean | undefined }
    | undefined;
  /**
   * As long as `when` is 1 it has the value of the net, edge or not. The value stays when `when` falls, also
   * between two edges: see `Latch`.
   */
  readonly asynchronous?: { readonly when: NetId; readonly value: NetId } | undefined;
  readonly initial: bigint;
}

/** What a memory has. */
export interface MemoryControls {
  readonly name: string;
  /** Bits of a word. */
  readonly width: number;
  readonly depth: number;
  /** The contents at power-up; undefined where they are unknown. */
  readonly initial: readonly bigint[] | undefined;
  readonly reads: readonly {
    /** The net that takes what is read, of `width` bits. */
    readonly data: NetId;
    readonly address: NetId;
    readonly enable: NetId | undefined;
    readonly domain: DomainId | undefined;
  }[];
  readonly writes: readonly {
    readonly data: NetId;
    readonly address: NetId;
    readonly enable: NetId | undefined;
    /** Only the bits where it is 1 are written. */
    readonly mask?: NetId | undefined;
    readonly domain: DomainId | undefined;
  }[];
}

/** Builds a circuit net by net. All nets of netlists are unsigned, but inputs that say otherwise. */
export class CircuitBuilder {
  readonly nets: Net[] = [];
  readonly inputs: Port[] = [];
  readonly outputs: Port[] = [];
  readonly domains: Domain[] = [];
  readonly memories: Memory[] = [];
  readonly properties: Property[] = [];
  readonly signals: NamedSignal[] = [];
  /** What the netlist prints: no part of the circuit. */
  readonly prints: Print[] = [];
  readonly #constants: Constant[] = [];
  readonly #cells: Cell[] = [];
  readonly #lookups: Lookup[] = [];
  readonly #registers: Register[] = [];
  readonly #latches: Latch[] = [];
  readonly #shared = new Map<string, NetId>();
  /** What nets without a name of their own are called after: the cell that is being read. */
  maker: { readonly name: string; readonly source: string } = { name: '', source: '' };

  interval(net: NetId): Interval {
    return this.nets[net]!.interval;
  }

  net(interval: Interval, name: string = this.maker.name, source: string = this.maker.source): NetId {
    this.nets.push({ interval, name, source });
    return this.nets.length - 1;
  }

  /** A constant from 0; the same net for the same value. */
  constant(value: bigint, width = 1): NetId {
    return this.once(`${value} of ${width} bits`, () => {
      const output = this.net(uint(width), `${value}`, '');
      this.#constants.push({ output, value });
      return output;
    });
  }

  /** A net for unsigned numbers of `width` bits. */
  unsigned(width: number, name?: string): NetId {
    return this.net(width === 1 ? bit : uint(width), name);
  }

  /** One net of bits of others, the lowest first. */
  gather(bits: readonly { readonly net: NetId; readonly index: number }[]): NetId {
    const runs: { readonly net: NetId; readonly low: number; width: number }[] = [];
    for (const { net, index } of bits) {
      const last = runs.at(-1);
      if (last?.net === net && last.low + last.width === index) last.width++;
      else runs.push({ net, low: index, width: 1 });
    }
    const parts = runs.map(({ net, low, width }) => this.part(net, low, width));
    return parts.length === 1
      ? parts[0]!
      : this.cell('concat', parts, { widths: runs.map(({ width }) => width) });
  }

  /** Some bits of a net. */
  part(net: NetId, low: number, width: number): NetId {
    if (low === 0 && width === this.interval(net).width && !this.interval(net).signed) return net;
    return this.once(`${width} bits of ${net} from ${low}`, () => this.cell('slice', [net], { low, width }));
  }

  /** The result of an operation, in the interval that its row tells. */
  cell<N extends OperationName>(
    operation: N,
    operands: readonly NetId[],
    parameters: ParametersOf<N>,
  ): NetId {
    const intervals = operands.map(net => this.interval(net));
    const output = this.net(operationNamed(operation).interval(intervals, parameters));
    this.#cells.push({ operation, parameters, operands, output });
    return output;
  }

  /** Lets the word of a memory, given by its place, drive a net that is there. */
  lookup(output: NetId, memory: number, address: NetId): void {
    this.#lookups.push({ memory, operands: [address], output });
  }

  /** Lets an operation drive a net that is there; of a result that does not fit the net takes the low bits. */
  drive<N extends OperationName>(
    output: NetId,
    operation: N,
    operands: readonly NetId[],
    parameters: ParametersOf<N>,
  ): void {
    const to = this.interval(output);
    const intervals = operands.map(net => this.interval(net));
    const result = operationNamed(operation).interval(intervals, parameters);
    if (to.covers(result)) this.#cells.push({ operation, parameters, operands, output });
    else
      this.#cells.push({
        operation: 'wrap',
        parameters: { to },
        operands: [this.cell(operation, operands, parameters)],
        output,
      });
  }

  /** Lets a net that is there have the value of another one, or its low bits. */
  copy(output: NetId, from: NetId): void {
    this.#cells.push({
      operation: 'wrap',
      parameters: { to: this.interval(output) },
      operands: [from],
      output,
    });
  }

  /** The low bits as a number of a format; the same net for the same number. */
  wrapped(net: NetId, to: Interval): NetId {
    if (this.interval(net).equals(to)) return net;
    return this.once(`${net} in ${to}`, () => this.cell('wrap', [net], { to }));
  }

  /** Nets without a sign side by side, the first one lowest. */
  joined(nets: readonly NetId[]): NetId {
    if (nets.length === 1) return nets[0]!;
    return this.cell('concat', nets, { widths: nets.map(net => this.interval(net).width) });
  }

  /** A register, or what lies between one with asynchronous control and its users, with the value of `output`. */
  register(output: NetId, { next, domain, enable, reset, asynchronous, initial }: RegisterControls): void {
    if (asynchronous !== undefined) {
      // As long as it is held, what it holds is stored whenever the circuit settles; no edge may change that.
      const { when, value } = asynchronous;
      const stored = this.latch(output, when, value, initial);
      const free = this.not(when);
      const gated = enable === undefined ? free : this.and(enable, free);
      if (domain !== undefined) this.#register(stored, next, gated, reset, initial, domain);
    } else if (domain !== undefined) this.#register(output, next, enable, reset, initial, domain);
    else this.#constants.push({ output, value: initial });
  }

  /**
   * A latch: `output` has `value` while `when` is 1, and afterwards what it had last.
   * @returns the net that stores it.
   */
  latch(output: NetId, when: NetId, value: NetId, initial: bigint): NetId {
    const stored = this.net(this.interval(output), `${this.nets[output]!.name} stored`);
    this.#latches.push({ output: stored, enable: when, value, initial });
    this.drive(output, 'mux', [when, value, stored], undefined);
    return stored;
  }

  #register(
    output: NetId,
    next: NetId,
    enable: NetId | undefined,
    reset: RegisterControls['reset'],
    initial: bigint,
    domain: DomainId,
  ): void {
    if (reset === undefined) {
      this.#registers.push({ output, next, enable, initial, domain });
      return;
    }
    const { when, value, waits = false } = reset;
    if (value === initial) {
      const waiting = waits && enable !== undefined ? this.and(enable, when) : when;
      this.#registers.push({ output, next, enable, reset: waiting, initial, domain });
      return;
    }
    const chosen = this.cell(
      'mux',
      [when, this.constant(value, this.interval(output).width), next],
      undefined,
    );
    const gate = enable === undefined || waits ? enable : this.or(enable, when);
    this.#registers.push({ output, next: chosen, enable: gate, initial, domain });
  }

  /** A memory. Ports without a domain never tick: what they read stays 0, and they write nothing. */
  memory({ name, width, depth, initial, reads, writes }: MemoryControls): void {
    const ticking: MemoryRead[] = [];
    for (const { domain, data, ...port } of reads) {
      if (domain !== undefined) ticking.push({ ...port, data, domain });
      else this.copy(data, this.constant(0n, width));
    }
    const writing = writes.flatMap(({ domain, enable, ...port }): MemoryWrite[] =>
      domain === undefined ? [] : [{ ...port, enable: enable ?? this.constant(1n), domain }],
    );
    this.memories.push({ name, element: uint(width), depth, initial, reads: ticking, writes: writing });
  }

  /** Bits that are 1 where both are; the same net for the same operands, as flip-flops share their controls. */
  and(a: NetId, b: NetId): NetId {
    return this.once(`and ${a} ${b}`, () => this.cell('and', [a, b], undefined));
  }

  or(a: NetId, b: NetId): NetId {
    return this.once(`or ${a} ${b}`, () => this.cell('or', [a, b], undefined));
  }

  not(a: NetId): NetId {
    return this.once(`not ${a}`, () => this.cell('invert', [a], { width: this.interval(a).width }));
  }

  /** The net under a key, made when it is first asked for. */
  once(key: string, make: () => NetId): NetId {
    let net = this.#shared.get(key);
    if (net === undefined) {
      net = make();
      this.#shared.set(key, net);
    }
    return net;
  }

  circuit(name: string): Circuit {
    const { domains, nets, inputs, outputs, memories, properties, signals } = this;
    return {
      name,
      domains,
      nets,
      inputs,
      outputs,
      constants: this.#constants,
      cells: this.#cells,
      lookups: this.#lookups,
      registers: this.#registers,
      latches: this.#latches,
      memories,
      properties,
      signals,
    };
  }
}
