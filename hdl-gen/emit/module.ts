import { bitLength, type Interval } from '../../ir/index.ts';
import {
  ClockDomain,
  domainsOf,
  type Instance,
  type MemoryNode,
  type Module,
  Register,
  type Signal,
  type Uses,
  usesOf,
  Wire,
} from '../lang/index.ts';
import type { Expression, Item, ModuleDeclaration, PortDeclaration, Statement, VectorType } from './ast.ts';
import { Expressions, Inlining, wishedName } from './expressions.ts';
import { forms } from './forms.ts';
import { declareMemory, memoryProcesses } from './memory.ts';
import { type BitRange, NameSpace, Vector } from './vectors.ts';

/** Makes the syntax tree of one module. `nameOf` tells what each module is called in the Verilog. */
export function moduleDeclaration(
  module: Module,
  nameOf: (module: Module) => string,
  header: readonly string[],
): ModuleDeclaration {
  return new ModuleEmitter(module, nameOf).declaration(header);
}

/** The clock port of a domain, as a module calls it. */
export function clockOf(domainName: string): string {
  return new ClockDomain(domainName).clockPort;
}

export class ModuleEmitter {
  readonly names: NameSpace;
  readonly expressions: Expressions;
  readonly #module: Module;
  readonly #nameOf: (module: Module) => string;
  readonly #vectors: Vector[] = [];
  readonly #places = new Map<Signal, BitRange>();
  /** Where declarations go at the moment: the body, or the part that only proofs read. */
  #items: Item[] = [];

  constructor(module: Module, nameOf: (module: Module) => string) {
    this.#module = module;
    this.#nameOf = nameOf;
    const ports = [...module.inputs, ...module.outputs].map(port => port.name);
    const clocks = [...domainsOf(module, 'clock'), ...domainsOf(module, 'reset')].flatMap(name => {
      const domain = new ClockDomain(name);
      return [domain.clockPort, domain.resetPort];
    });
    const own = module.signals.flatMap(signal => signal.name ?? []);
    const parts = [...module.instances, ...module.memories].flatMap(part => part.name ?? []);
    this.names = new NameSpace([...ports, ...clocks, ...own, ...parts]);
    this.expressions = new Expressions(
      new Inlining(module, usesOf(module, { withProperties: true })),
      signal => this.#locate(signal),
      signal => this.#places.has(signal),
    );
  }

  declaration(header: readonly string[]): ModuleDeclaration {
    const module = this.#module;
    const ports = this.#ports();
    const uses = usesOf(module, { withProperties: false });
    for (const instance of module.instances) this.#declareOutputs(instance);
    this.#logic(uses);
    this.#outputs();
    // What only proofs read must not count as read by the logic, so the unread bits are told first.
    this.#unread();
    if (module.properties.length > 0) this.#properties(uses);
    return { header, name: this.#nameOf(module), ports, items: this.#items };
  }

  /** Everything that the module has of its own: registers, wires, memories, and what drives them. */
  #logic(uses: Uses, isTop = true): void {
    const module = this.#module;
    const live = module.signals.filter(signal => uses.signals.has(signal));
    const registers = live.filter((signal): signal is Register => signal instanceof Register);
    const wires = live.filter((signal): signal is Wire => signal instanceof Wire);
    for (const signal of registers) this.#declareState(signal);
    for (const signal of wires) this.#declareWire(signal);
    const memories = new Map<MemoryNode, string>();
    for (const memory of uses.memories) memories.set(memory, declareMemory(this, memory));
    this.#initialValues(registers);
    for (const signal of live) {
      if (signal.origin.kind === 'operation' && signal.name !== undefined) this.#locate(signal);
    }
    if (isTop) for (const instance of module.instances) this.#instance(instance);
    for (const signal of wires) {
      this.add({
        kind: 'assign',
        target: this.#target(signal),
        value: this.at(signal.driver!, signal.width),
      });
    }
    this.#processes(registers);
    for (const [memory, name] of memories) memoryProcesses(this, memory, name);
  }

  add(item: Item): void {
    this.#items.push(item);
  }

  at(signal: Signal, width: number): Expression {
    return this.expressions.at(signal, width);
  }

  /** Makes a vector known, whose declaration the caller adds. */
  vector(name: string, width: number): Vector {
    const vector = new Vector(name, width);
    this.#vectors.push(vector);
    return vector;
  }

  /** Says in which bits a signal is found. */
  place(signal: Signal, range: BitRange): void {
    this.#places.set(signal, range);
  }

  /** In which bits a signal is found. */
  placeOf(signal: Signal): BitRange {
    return this.#locate(signal);
  }

  #ports(): PortDeclaration[] {
    const module = this.#module;
    const ports: PortDeclaration[] = [];
    const bit: VectorType = { width: 1, signed: false };
    const control = (name: string): void => {
      ports.push({ direction: 'input', register: false, name, type: bit, source: module.source });
    };
    for (const name of domainsOf(module, 'clock')) control(new ClockDomain(name).clockPort);
    for (const name of domainsOf(module, 'reset')) {
      const port = new ClockDomain(name).resetPort;
      control(port);
      const reset = module.resets.get(name);
      if (reset !== undefined) this.#places.set(reset, new Vector(port, 1).whole);
    }
    for (const port of module.inputs) {
      const { width, signed } = port.interval;
      const vector = this.vector(port.name, width * port.elements.length);
      port.elements.forEach((element, i) => {
        this.#places.set(element, { vector, low: i * width, width });
      });
      const type = { width: vector.width, signed: signed && !port.isArray };
      ports.push({
        direction: 'input',
        register: false,
        name: port.name,
        type,
        source: port.elements[0]!.source,
      });
    }
    for (const port of module.outputs) {
      const { width, signed } = port.interval;
      const only = port.elements[0]!;
      // A register of the same name and format is the port itself.
      const isPort = !port.isArray && only.name === port.name && only.origin.kind !== 'input';
      if (isPort) this.#places.set(only, this.vector(port.name, width).whole);
      const type = { width: width * port.elements.length, signed: signed && !port.isArray };
      const register = isPort && only instanceof Register;
      ports.push({ direction: 'output', register, name: port.name, type, source: only.source });
    }
    return ports;
  }

  /** Where a signal is found; a result without a wire gets one here. */
  #locate(signal: Signal): BitRange {
    const known = this.#places.get(signal);
    const { origin } = signal;
    if (origin.kind !== 'operation') {
      if (known === undefined)
        throw new Error(`${signal.describe()} has no place in '${this.#module.component}'`);
      return known;
    }
    if (known !== undefined && this.#driven.has(signal)) return known;
    this.#driven.add(signal);
    if (known !== undefined) {
      // An output port that is this very result.
      const value = this.expressions.value(signal);
      this.add({ kind: 'assign', target: this.#target(signal), value });
      return known;
    }
    const inner = this.#bitsInside(signal);
    if (inner !== undefined) {
      this.#places.set(signal, inner);
      return inner;
    }
    const value = this.expressions.value(signal);
    const name = signal.name ?? this.names.unique(wishedName(signal));
    const range = this.vector(name, signal.width).whole;
    this.#places.set(signal, range);
    this.add({ kind: 'wire', name, type: typeOf(signal.interval), value, source: signal.source });
    return range;
  }

  readonly #driven = new Set<Signal>();

  /** An unnamed slice of something that has a place is a part of that place, and needs no wire. */
  #bitsInside(signal: Signal): BitRange | undefined {
    const { origin } = signal;
    if (origin.kind !== 'operation' || origin.operation !== 'slice' || signal.name !== undefined)
      return undefined;
    const operand = origin.operands[0]!;
    const { low } = origin.parameters as { low: number };
    if (operand.constant !== undefined || low + signal.width > operand.width) return undefined;
    const { vector, low: base } = this.#locate(operand);
    return { vector, low: base + low, width: signal.width };
  }

  #declareState(signal: Signal): void {
    if (this.#places.has(signal)) return;
    const name = signal.name ?? this.names.unique('state');
    this.#places.set(signal, this.vector(name, signal.width).whole);
    this.add({ kind: 'register', name, type: typeOf(signal.interval), source: signal.source });
  }

  #declareWire(signal: Signal): void {
    if (this.#places.has(signal)) return;
    const name = signal.name ?? this.names.unique('link');
    this.#places.set(signal, this.vector(name, signal.width).whole);
    this.add({ kind: 'wire', name, type: typeOf(signal.interval), source: signal.source });
  }

  #declareOutputs(instance: Instance): void {
    for (const port of instance.module.outputs) {
      const signals = instance.outputs.get(port.name)!;
      const { width } = port.interval;
      const only = signals.length === 1 && !port.isArray ? signals[0]! : undefined;
      if (only !== undefined && this.#places.has(only)) continue;
      const name = only?.name ?? this.names.unique(`${instance.name}_${port.name}`);
      const vector = this.vector(name, width * signals.length);
      signals.forEach((signal, i) => {
        this.#places.set(signal, { vector, low: i * width, width: signal.width });
      });
      const type = { width: vector.width, signed: port.interval.signed && !port.isArray };
      this.add({ kind: 'wire', name, type, source: instance.source });
    }
  }

  #initialValues(registers: readonly Register[]): void {
    if (registers.length === 0) return;
    const statements = registers.map(
      (register): Statement => ({
        kind: 'blocking',
        target: this.#target(register),
        value: forms.constant(register.initial, register.width),
      }),
    );
    this.add({ kind: 'initial', statements });
  }

  #instance(instance: Instance): void {
    const { module } = instance;
    const ports: [string, Expression][] = [];
    const rename = (own: string, foreign: string | undefined): string => foreign ?? own;
    const outer = (name: string): ClockDomain => (name === '' ? instance.domain : new ClockDomain(name));
    for (const name of domainsOf(module, 'clock')) {
      ports.push([
        rename(new ClockDomain(name).clockPort, module.foreign?.clock),
        nameOf(outer(name).clockPort),
      ]);
    }
    for (const name of domainsOf(module, 'reset')) {
      ports.push([
        rename(new ClockDomain(name).resetPort, module.foreign?.reset),
        name === '' && instance.reset !== undefined
          ? this.at(instance.reset, 1)
          : nameOf(outer(name).resetPort),
      ]);
    }
    for (const port of module.inputs) {
      const elements = instance.inputs.get(port.name)!;
      ports.push([port.name, forms.concat(elements.map(element => this.at(element, port.interval.width)))]);
    }
    for (const port of module.outputs) {
      const { vector } = this.#places.get(instance.outputs.get(port.name)![0]!)!;
      ports.push([port.name, nameOf(vector.name)]);
    }
    this.add({
      kind: 'instance',
      module: this.#nameOf(module),
      name: instance.name,
      parameters: Object.entries(module.foreign?.parameters ?? {}),
      ports,
      source: instance.source,
    });
  }

  /** One process for each clock, with the registers of equal controls together. */
  #processes(registers: readonly Register[]): void {
    const groups = new Map<string, Map<Signal | undefined, Map<Signal | undefined, Register[]>>>();
    for (const register of registers) {
      const byReset = getOrAdd(
        groups,
        register.domain.name,
        () => new Map<Signal | undefined, Map<Signal | undefined, Register[]>>(),
      );
      const byEnable = getOrAdd(byReset, register.reset, () => new Map<Signal | undefined, Register[]>());
      getOrAdd(byEnable, register.enable, () => []).push(register);
    }
    for (const [domain, byReset] of groups) {
      const statements: Statement[] = [];
      for (const [reset, byEnable] of byReset) {
        for (const [enable, members] of byEnable) statements.push(...this.#update(reset, enable, members));
      }
      this.add({ kind: 'always', clock: clockOf(domain), statements });
    }
  }

  #update(reset: Signal | undefined, enable: Signal | undefined, members: readonly Register[]): Statement[] {
    const take = members.map(
      (register): Statement => ({
        kind: 'nonblocking',
        target: this.#target(register),
        value: this.at(register.nextValue!, register.width),
      }),
    );
    const enabled: Statement[] =
      enable === undefined ? take : [{ kind: 'if', condition: this.at(enable, 1), body: take }];
    if (reset === undefined) return enabled;
    const clear = members.map(
      (register): Statement => ({
        kind: 'nonblocking',
        target: this.#target(register),
        value: forms.constant(register.initial, register.width),
      }),
    );
    return [{ kind: 'if', condition: this.at(reset, 1), body: clear, otherwise: enabled }];
  }

  #outputs(): void {
    for (const port of this.#module.outputs) {
      const only = port.elements[0]!;
      const { width } = port.interval;
      if (!port.isArray && only.name === port.name && only.origin.kind !== 'input') {
        if (only.origin.kind === 'operation') this.#locate(only);
        continue;
      }
      const value = forms.concat(port.elements.map(element => this.at(element, width)));
      this.add({ kind: 'assign', target: nameOf(port.name), value });
    }
  }

  /** The properties, with the logic that only they look at: it is not there in hardware. */
  #properties(hardware: Uses): void {
    const all = usesOf(this.#module, { withProperties: true });
    const body = this.#items;
    this.#items = [];
    this.#logic(
      {
        signals: new Set([...all.signals].filter(signal => !hardware.signals.has(signal))),
        memories: new Set([...all.memories].filter(memory => !hardware.memories.has(memory))),
      },
      false,
    );
    const statements = this.#module.properties.map(({ kind, condition, why }): Statement => {
      const verb = kind === 'cover' ? 'cover' : 'assert';
      return { kind: 'property', verb, condition: this.at(condition, 1), why };
    });
    const reset = this.#module.resets.get('');
    const checked: Statement[] =
      reset === undefined
        ? statements
        : [{ kind: 'if', condition: forms.unary('~', this.at(reset, 1)), body: statements }];
    const items: Item[] = [...this.#items, { kind: 'always', statements: checked }];
    this.#items = [...body, { kind: 'ifdef', macro: 'FORMAL', items }];
  }

  /** Bits that nothing reads are gathered, so that lint tools see that this is known. */
  #unread(): void {
    const outputs = new Set(this.#module.outputs.map(port => port.name));
    const unread = this.#vectors.filter(({ name }) => !outputs.has(name)).flatMap(vector => vector.unread());
    if (unread.length === 0) return;
    this.add({ kind: 'comment', text: 'Bits that no logic reads.' });
    const value = forms.unary('&', forms.concat([...unread, forms.constant(0n, 1)]));
    this.add({
      kind: 'wire',
      name: this.names.unique('unused'),
      type: { width: 1, signed: false },
      value,
      source: '',
    });
  }

  #target(signal: Signal): Expression {
    const { vector, low, width } = this.#places.get(signal)!;
    return vector.target(low, width);
  }
}

/** Bits of an address of `depth` words. */
export function addressWidth(depth: number): number {
  return Math.max(1, bitLength(BigInt(depth - 1)));
}

export function typeOf({ width, signed }: Interval): VectorType {
  return { width, signed };
}

export function nameOf(name: string): Expression {
  return { kind: 'name', name };
}

function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
