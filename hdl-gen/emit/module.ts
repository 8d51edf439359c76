import {
  ClockDomain,
  domainsOf,
  type MemoryNode,
  type Module,
  type ModulePort,
  Register,
  type Signal,
  type Uses,
  usesOf,
  Wire,
} from '../lang/index.ts';
import type { Expression, Item, ModuleDeclaration, PortDeclaration, Statement, VectorType } from './ast.ts';
import { Expressions, Inlining, wishedName } from './expressions.ts';
import { forms } from './forms.ts';
import { declareOutputs, instanceItem } from './instance.ts';
import { type DeclaredMemory, declareMemory, memoryProcesses } from './memory.ts';
import { nameOf, portType, typeOf } from './terms.ts';
import { type BitRange, NameSpace, Vector } from './vectors.ts';

/** Makes the syntax tree of one module. `nameOf` tells what each module is called in the Verilog. */
export function moduleDeclaration(
  module: Module,
  nameOf: (module: Module) => string,
  header: readonly string[],
): ModuleDeclaration {
  return new ModuleEmitter(module, nameOf).declaration(header);
}

export class ModuleEmitter {
  readonly names: NameSpace;
  /** What the memories are called, when the module is declared. */
  readonly memories: Map<MemoryNode, DeclaredMemory> = new Map();
  readonly #inlining: Inlining;
  readonly #expressions: Expressions;
  readonly #module: Module;
  readonly #nameOf: (module: Module) => string;
  readonly #vectors: Vector[] = [];
  readonly #places = new Map<Signal, BitRange>();
  /** The ports of clocks and resets. */
  readonly #controls = new Map<string, Vector>();
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
    this.names = new NameSpace([nameOf(module), module.component, ...ports, ...clocks, ...own, ...parts]);
    this.#inlining = new Inlining(module, usesOf(module, { withProperties: true }));
    this.#expressions = new Expressions(
      this.#inlining,
      signal => this.#locate(signal),
      signal => this.#places.has(signal),
    );
  }

  declaration(header: readonly string[]): ModuleDeclaration {
    const module = this.#module;
    const ports = this.#ports();
    const uses = usesOf(module, { withProperties: false });
    const outputs = module.instances.map(instance => declareOutputs(this, instance));
    this.#logic(uses, () => {
      for (const [i, instance] of module.instances.entries())
        this.add(instanceItem(this, instance, outputs[i]!));
    });
    this.#outputs();
    // What only proofs read must not count as read by the logic, so the unread bits are told first.
    this.#unread(this.#vectors.splice(0));
    if (module.properties.length > 0) this.#properties(uses);
    return { header, name: this.#nameOf(module), ports, items: this.#items };
  }

  /**
   * Everything that the module has of its own: registers, wires, memories, and what drives them. `between` adds
   * what needs the wires, and stands before the processes.
   */
  #logic(uses: Uses, between: () => void = () => {}): void {
    const module = this.#module;
    const live = module.signals.filter(signal => uses.signals.has(signal));
    const registers = live.filter((signal): signal is Register => signal instanceof Register);
    const wires = live.filter((signal): signal is Wire => signal instanceof Wire);
    for (const signal of registers) this.#declareState(signal);
    for (const signal of wires) this.#declareWire(signal);
    for (const memory of uses.memories) this.memories.set(memory, declareMemory(this, memory));
    this.#initialValues(registers);
    for (const signal of live) {
      if (signal.origin.kind === 'operation' && !this.#inlining.isInline(signal)) this.#locate(signal);
    }
    between();
    for (const signal of wires) {
      this.add({
        kind: 'assign',
        target: this.#target(signal),
        value: this.at(signal.driver!, signal.width),
      });
    }
    this.#processes(registers);
    for (const memory of uses.memories) memoryProcesses(this, memory, this.memories.get(memory)!);
  }

  add(item: Item): void {
    this.#items.push(item);
  }

  at(signal: Signal, width: number): Expression {
    return this.#expressions.at(signal, width);
  }

  /** Makes a vector known, whose declaration the caller adds. */
  vector(name: string, type: VectorType): Vector {
    const vector = new Vector(name, type);
    this.#vectors.push(vector);
    return vector;
  }

  /** Says in which bits a signal is found. */
  place(signal: Signal, range: BitRange): void {
    this.#places.set(signal, range);
  }

  /** Says in which part of a vector a signal is found; one with a name of its own gets a wire of that name. */
  placePart(signal: Signal, range: BitRange): void {
    const { name, interval, source } = signal;
    if (name === undefined || this.#module.outputs.some(port => port.name === name)) {
      this.place(signal, range);
      return;
    }
    const type = typeOf(interval);
    this.place(signal, this.vector(name, type).whole);
    const value = range.vector.read(range.low, range.width);
    this.add({ kind: 'wire', name, type, value, source });
  }

  isPlaced(signal: Signal): boolean {
    return this.#places.has(signal);
  }

  /** The clock port of a domain, to be read. */
  clock(domainName: string): string {
    return this.control(new ClockDomain(domainName).clockPort);
  }

  /** A clock or reset port, to be read. */
  control(port: string): string {
    this.#controls.get(port)!.read(0, 1);
    return port;
  }

  /** What another module is called in the Verilog. */
  nameOf(module: Module): string {
    return this.#nameOf(module);
  }

  #ports(): PortDeclaration[] {
    const module = this.#module;
    const ports: PortDeclaration[] = [];
    const bit: VectorType = { width: 1, signed: false };
    const control = (name: string): Vector => {
      ports.push({ direction: 'input', register: false, name, type: bit, source: module.source });
      const vector = this.vector(name, bit);
      this.#controls.set(name, vector);
      return vector;
    };
    for (const name of domainsOf(module, 'clock')) control(new ClockDomain(name).clockPort);
    for (const name of domainsOf(module, 'reset')) {
      const port = control(new ClockDomain(name).resetPort);
      const reset = module.resets.get(name);
      if (reset !== undefined) this.#places.set(reset, port.whole);
    }
    for (const port of module.inputs) {
      const { width } = port.interval;
      const type = portType(port);
      const vector = this.vector(port.name, type);
      port.elements.forEach((element, i) => {
        this.#places.set(element, { vector, low: i * width, width });
      });
      ports.push({
        direction: 'input',
        register: false,
        name: port.name,
        type,
        source: port.elements[0]!.source,
      });
    }
    for (const port of module.outputs) {
      const only = port.elements[0]!;
      const type = portType(port);
      const isItself = isPortItself(port);
      if (isItself) this.#places.set(only, this.vector(port.name, type).whole);
      const register = isItself && (only.origin.kind === 'register' || only.origin.kind === 'read');
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
      const value = this.#expressions.value(signal);
      this.add({ kind: 'assign', target: this.#target(signal), value });
      return known;
    }
    const inner = this.#bitsInside(signal);
    if (inner !== undefined) {
      this.#places.set(signal, inner);
      return inner;
    }
    const value = this.#expressions.value(signal);
    const name = signal.name ?? this.names.unique(wishedName(signal));
    const range = this.vector(name, typeOf(signal.interval)).whole;
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
    this.#places.set(signal, this.vector(name, typeOf(signal.interval)).whole);
    this.add({ kind: 'register', name, type: typeOf(signal.interval), source: signal.source });
  }

  #declareWire(signal: Signal): void {
    if (this.#places.has(signal)) return;
    const name = signal.name ?? this.names.unique('link');
    this.#places.set(signal, this.vector(name, typeOf(signal.interval)).whole);
    this.add({ kind: 'wire', name, type: typeOf(signal.interval), source: signal.source });
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
      this.add({ kind: 'always', clock: this.clock(domain), statements });
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
      if (isPortItself(port)) continue;
      const value = forms.concat(port.elements.map(element => this.at(element, port.interval.width)));
      this.add({ kind: 'assign', target: nameOf(port.name), value });
    }
  }

  /** The properties, with the logic that only they look at: it is not there in hardware. */
  #properties(hardware: Uses): void {
    const all = usesOf(this.#module, { withProperties: true });
    const body = this.#items;
    this.#items = [];
    this.#logic({
      signals: new Set([...all.signals].filter(signal => !hardware.signals.has(signal))),
      memories: new Set([...all.memories].filter(memory => !hardware.memories.has(memory))),
    });
    const statements = this.#module.properties.map(({ kind, condition, why }): Statement => {
      const verb = kind === 'cover' ? 'cover' : 'assert';
      return { kind: 'property', verb, condition: this.at(condition, 1), why };
    });
    // As in simulations, nothing is checked during a reset, also one that only parts of the module have.
    const running = [...domainsOf(this.#module, 'reset')].map(name =>
      forms.unary('~', this.#controls.get(new ClockDomain(name).resetPort)!.read(0, 1)),
    );
    const [first, ...others] = running;
    const condition = first && others.reduce((a, b) => forms.binary('&', a, b), first);
    const checked: Statement[] =
      condition === undefined ? statements : [{ kind: 'if', condition, body: statements }];
    this.add({ kind: 'always', statements: checked });
    this.#unread(this.#vectors);
    this.#items = [...body, { kind: 'ifdef', macro: 'FORMAL', items: this.#items }];
  }

  /** Bits that nothing reads are gathered, so that lint tools see that this is known. */
  #unread(vectors: readonly Vector[]): void {
    const outputs = new Set(this.#module.outputs.map(port => port.name));
    const unread = vectors.filter(({ name }) => !outputs.has(name)).flatMap(vector => vector.unread());
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

/** Whether an output port is the wire or register of its signal, so that nothing has to be assigned to it. */
function isPortItself({ name, isArray, elements }: ModulePort): boolean {
  const [only] = elements;
  if (isArray || only === undefined || only.name !== name) return false;
  const { origin } = only;
  if (origin.kind === 'read') return origin.port.memory.fields.length === 1;
  if (origin.kind !== 'instance') return origin.kind !== 'input';
  return !origin.instance.module.outputs.some(port => port.name === origin.port && port.isArray);
}

function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
