import {
  type Circuit,
  type Interval,
  type MemoryRead,
  type MemoryWrite,
  type NetId,
  type OperationName,
  operationNamed,
  type ParametersOf,
} from '../../../ir/index.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };

/** Builds circuits net by net, so that these tests need nothing of the language. */
export class Builder {
  readonly circuit: Mutable<Circuit>;

  constructor(name = 'test', domains: readonly string[] = ['']) {
    this.circuit = {
      name,
      domains: domains.map(name => ({ name })),
      nets: [],
      inputs: [],
      outputs: [],
      constants: [],
      cells: [],
      lookups: [],
      registers: [],
      latches: [],
      memories: [],
      properties: [],
      signals: [],
    };
  }

  interval(net: NetId): Interval {
    return this.circuit.nets[net]!.interval;
  }

  net(interval: Interval, name?: string): NetId {
    const id = this.circuit.nets.length;
    this.circuit.nets.push({ interval, name: name ?? `n${id}`, source: `test.ts:${id}` });
    return id;
  }

  input(name: string, interval: Interval, domain = 0): NetId {
    const net = this.net(interval, name);
    this.circuit.inputs.push({ name, net, domain });
    return net;
  }

  output(name: string, net: NetId, domain = 0): NetId {
    this.circuit.outputs.push({ name, net, domain });
    return net;
  }

  signal(path: string, net: NetId): NetId {
    this.circuit.signals.push({ path, net });
    return net;
  }

  constant(value: bigint, interval: Interval): NetId {
    const output = this.net(interval);
    this.circuit.constants.push({ output, value });
    return output;
  }

  cell<N extends OperationName>(
    operation: N,
    operands: readonly NetId[],
    parameters?: ParametersOf<N>,
  ): NetId {
    const intervals = operands.map(net => this.interval(net));
    const output = this.net(operationNamed(operation).interval(intervals, parameters));
    this.circuit.cells.push({ operation, parameters, operands, output });
    return output;
  }

  /** A register whose next value is given later, with `drive`. */
  register(interval: Interval, initial = 0n, domain = 0): NetId {
    const output = this.net(interval);
    this.circuit.registers.push({ output, next: output, initial, domain });
    return output;
  }

  drive(output: NetId, next: NetId, controls: { enable?: NetId; reset?: NetId } = {}): void {
    const index = this.circuit.registers.findIndex(register => register.output === output);
    this.circuit.registers[index] = { ...this.circuit.registers[index]!, next, ...controls };
  }

  registered(next: NetId, controls: { enable?: NetId; reset?: NetId } = {}, domain = 0): NetId {
    const output = this.net(this.interval(next).hull(this.interval(next)));
    const { min, max } = this.interval(next);
    const initial = min > 0n ? min : max < 0n ? max : 0n;
    this.circuit.registers.push({ output, next, initial, domain, ...controls });
    return output;
  }

  /** An asynchronous read of a memory, given by its place. */
  lookup(memory: number, address: NetId): NetId {
    const output = this.net(this.circuit.memories[memory]!.element);
    this.circuit.lookups.push({ memory, operands: [address], output });
    return output;
  }

  memory(
    element: Interval,
    depth: number,
    ports: { reads: Omit<MemoryRead, 'data'>[]; writes: MemoryWrite[] },
    initial?: bigint[],
  ): NetId[] {
    const data = ports.reads.map(() => this.net(element));
    this.circuit.memories.push({
      name: `memory_${this.circuit.memories.length}`,
      element,
      depth,
      initial,
      reads: ports.reads.map((read, i) => ({ ...read, data: data[i]! })),
      writes: ports.writes,
    });
    return data;
  }
}
