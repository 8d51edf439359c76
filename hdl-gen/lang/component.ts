import { Interval } from '../../ir/index.ts';
import { badParameter, missingOutput, nameTwice, recursiveComponent, unknownPort } from './diagnostics.ts';
import { ClockDomain, defaultDomain } from './domain.ts';
import { instantiate } from './instance.ts';
import { buildInside, Module } from './module.ts';
import { requireName } from './reserved.ts';
import {
  fieldsOf,
  mapShape,
  type OperandsOf,
  type PortDomains,
  type RecordShape,
  type SignalRecord,
  type SignalsOf,
} from './shape.ts';
import { requireHere, Signal, toSignal } from './signal.ts';
import { callerLine } from './source.ts';
import { domainsOf } from './uses.ts';

/** The ports of a component and how it is built. */
export interface Definition<I extends RecordShape, O extends SignalRecord> {
  /** The inputs; the keys become the names of the Verilog ports. */
  readonly inputs: I;
  /** Inputs that belong to another clock domain than the default one. */
  readonly domains?: PortDomains;
  /** Makes the circuit; the keys of what it returns become the names of the output ports. */
  readonly build: (inputs: SignalsOf<I>) => O;
}

/**
 * A circuit: a function from a record of signals to a record of signals. Called inside another component it places
 * one instance of its module there.
 */
export interface Circuit<I extends RecordShape = RecordShape, O extends SignalRecord = SignalRecord> {
  (inputs: OperandsOf<I>, options?: { readonly name?: string }): O;
  readonly component: string;
  readonly parameters: ParameterSet;
  readonly inputs: I;
  /** The module, which is built when it is first asked for. */
  readonly module: Module;
  /** The outputs as signals of the module. */
  readonly outputs: O;
}

/** What a component can be parameterised with: anything that JSON can say, and big integers. */
export type ParameterSet = Readonly<Record<string, unknown>>;

/** The Verilog module that stands in for a foreign component. */
export interface ForeignModule {
  /** The name of the Verilog module. */
  readonly name: string;
  /** Its Verilog parameters; a whole number is written as it is, a text in quotes. */
  readonly parameters?: Readonly<Record<string, number | string>>;
  /** What the foreign module calls its clock and its reset, where it has them. */
  readonly clock?: string;
  readonly reset?: string;
}

/** A component without parameters: a circuit. */
export function component<const I extends RecordShape, O extends SignalRecord>(
  name: string,
  definition: Definition<I, O>,
): Circuit<I, O>;
/**
 * A component with parameters: a function from them to a circuit. It is built once for each set of parameters,
 * and becomes one Verilog module for each.
 */
export function component<P extends object, const I extends RecordShape, O extends SignalRecord>(
  name: string,
  define: (parameters: P) => Definition<I, O>,
): (parameters: P) => Circuit<I, O>;
export function component(
  name: string,
  definition:
    | Definition<RecordShape, SignalRecord>
    | ((parameters: object) => Definition<RecordShape, SignalRecord>),
): Circuit | ((parameters: object) => Circuit) {
  requireName(name);
  const source = callerLine();
  if (typeof definition !== 'function') return circuitOf(name, {}, definition, source);
  const made = new Map<string, Circuit>();
  return (parameters: object): Circuit => {
    const key = parameterKey(name, parameters);
    let circuit = made.get(key);
    if (circuit === undefined) {
      circuit = circuitOf(name, { ...parameters }, definition(parameters), source);
      made.set(key, circuit);
    }
    return circuit;
  };
}

/**
 * A Verilog module from elsewhere. The Verilog gets an instance of it; simulations run the model, a circuit with
 * the same ports, whose faithfulness is for its author to show.
 */
export function foreign<const I extends RecordShape, O extends SignalRecord>(
  verilog: ForeignModule,
  model: Definition<I, O>,
): Circuit<I, O> {
  for (const name of [verilog.name, verilog.clock, verilog.reset]) if (name !== undefined) requireName(name);
  return circuitOf(verilog.name, {}, model, callerLine(), verilog);
}

function circuitOf<I extends RecordShape, O extends SignalRecord>(
  name: string,
  parameters: ParameterSet,
  definition: Definition<I, O>,
  source: string,
  foreignModule?: ForeignModule,
): Circuit<I, O> {
  let built: { module: Module; outputs: O } | undefined;
  let building = false;
  const get = (): { module: Module; outputs: O } => {
    if (built === undefined) {
      if (building) throw recursiveComponent(name);
      building = true;
      try {
        built = build(definition, new Module(name, parameters, source, foreignModule));
      } finally {
        building = false;
      }
    }
    return built;
  };
  const call = (inputs: OperandsOf<I>, options?: { readonly name?: string }): O => {
    const { module, outputs } = get();
    const outside = instantiate(module, inputs, options?.name ?? name);
    return mapTree(outputs, signal => outside.get(signal) ?? signal) as O;
  };
  return Object.defineProperties(call, {
    component: { value: name },
    parameters: { value: parameters },
    inputs: { value: definition.inputs },
    module: { get: () => get().module },
    outputs: { get: () => get().outputs },
  }) as unknown as Circuit<I, O>;
}

function build<I extends RecordShape, O extends SignalRecord>(
  definition: Definition<I, O>,
  module: Module,
): { module: Module; outputs: O } {
  const outputs = buildInside(module, () => {
    // The names of the clock and the reset are not free for anything else; lint tools refuse that of the module.
    for (const name of [defaultDomain.clockPort, defaultDomain.resetPort, module.component])
      module.claimName(name);
    const inputs = makeInputs(module, definition.inputs, definition.domains ?? {});
    const returned = mapTree(definition.build(inputs as SignalsOf<I>), toSignal) as O;
    makeOutputs(module, returned);
    return returned;
  });
  return { module, outputs };
}

function makeInputs(module: Module, shapes: RecordShape, domains: PortDomains): Record<string, unknown> {
  for (const key of Object.keys(domains)) {
    if (!Object.hasOwn(shapes, key))
      throw unknownPort(module.component, key, Object.keys(shapes), module.source);
  }
  const inputs: Record<string, unknown> = {};
  for (const [key, shape] of Object.entries(shapes)) {
    const elements = new Map<string, Signal[]>();
    inputs[key] = mapShape(
      shape,
      (interval, field, isArray) => {
        // A one-value interval is a constant: no port, no wire.
        if (interval.isConstant) {
          module.constantInputs.set(field, interval);
          return toSignal(interval.min);
        }
        const siblings = elements.get(field) ?? [];
        elements.set(field, siblings);
        const index = siblings.length;
        const signal = new Signal(
          interval,
          { kind: 'input', port: field, index },
          isArray ? `${field}_${index}` : field,
        );
        siblings.push(signal);
        return signal;
      },
      key,
    );
    for (const [name, signals] of elements) {
      requireName(name, module.source);
      const isArray = signals[0]!.name !== name;
      for (const taken of new Set([name, ...signals.map(signal => signal.name!)])) {
        if (!module.claimName(taken)) throw nameTwice(module.component, taken, module.source);
      }
      module.inputs.push({
        name,
        isArray,
        elements: signals,
        interval: signals[0]!.interval,
        domain: domains[key] ?? defaultDomain,
      });
    }
  }
  return inputs;
}

function makeOutputs(module: Module, outputs: SignalRecord): void {
  const holders = new Map<string, Signal>();
  for (const signal of module.signals) if (signal.name !== undefined) holders.set(signal.name, signal);
  const rename = (signal: Signal, name: string): void => {
    signal.name = name;
    holders.set(name, signal);
  };
  const taken = portNames(module);
  /** Keeps `name` for a port that shows `element`; false where something other than a signal has it. */
  const take = (name: string, element?: Signal): boolean => {
    if (taken.has(name)) throw nameTwice(module.component, name, module.source);
    taken.add(name);
    const holder = holders.get(name);
    if (holder === undefined) return module.claimName(name);
    // The port keeps its name; what had it inside takes another one.
    if (holder !== element) rename(holder, module.uniqueName(name));
    return true;
  };
  for (const { name, isArray, elements } of fieldsOf(outputs, isSignal)) {
    requireName(name, module.source);
    for (const element of elements) requireHere(element);
    // A one-value interval is a constant: no port.
    if (elements.every(element => element.constant !== undefined)) continue;
    if (!take(name, isArray ? undefined : elements[0]))
      throw nameTwice(module.component, name, module.source);
    for (const [i, element] of elements.entries()) {
      const wish = isArray ? `${name}_${i}` : name;
      const isFree = !isArray || take(wish, element);
      if (element.name !== undefined || element.constant !== undefined) continue;
      // What comes as a part of a vector needs no other name than that of the vector.
      if (isArray && (element.origin.kind === 'instance' || element.origin.kind === 'read')) continue;
      rename(element, isFree ? wish : module.uniqueName(wish));
    }
    const interval = elements.map(element => element.interval).reduce((hull, next) => hull.hull(next));
    module.outputs.push({ name, isArray, elements, interval, domain: defaultDomain });
  }
  if (module.outputs.length === 0 && module.properties.length === 0)
    throw missingOutput(module.component, module.source);
}

/** The names that a module has outside: of its inputs and their elements, and of its clocks and resets. */
function portNames(module: Module): Set<string> {
  const inputs = module.inputs.flatMap(({ name, elements }) => [name, ...elements.map(({ name }) => name!)]);
  const names = new Set([...inputs, module.component]);
  for (const domain of new Set(['', ...domainsOf(module, 'clock'), ...domainsOf(module, 'reset')])) {
    const { clockPort, resetPort } = new ClockDomain(domain);
    for (const name of [clockPort, resetPort]) {
      if (inputs.includes(name)) throw nameTwice(module.component, name, module.source);
      names.add(name);
      const holder = module.signals.find(signal => signal.name === name && signal.origin.kind !== 'reset');
      if (holder !== undefined) holder.name = module.uniqueName(name);
    }
  }
  return names;
}

/** The key of a set of parameters. */
function parameterKey(component: string, parameters: object): string {
  return JSON.stringify(parameters, (key, value: unknown) => {
    if (typeof value === 'bigint') return { bigint: `${value}` };
    if (value instanceof Interval) return { min: `${value.min}`, max: `${value.max}` };
    if (!isParameter(value)) throw badParameter(component, key, value);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    // The order of the keys does not matter.
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** Whether a value is told apart from all others by what JSON says of it. */
function isParameter(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  const isOpaque = value instanceof Map || value instanceof Set || value instanceof Signal;
  return !isOpaque && typeof value !== 'function' && typeof value !== 'symbol';
}

function mapTree(tree: unknown, map: (signal: Signal) => Signal): unknown {
  if (tree instanceof Signal || typeof tree === 'number' || typeof tree === 'bigint')
    return map(tree as Signal);
  if (Array.isArray(tree)) return tree.map(element => mapTree(element, map));
  return Object.fromEntries(Object.entries(tree as object).map(([key, value]) => [key, mapTree(value, map)]));
}

function isSignal(value: unknown): value is Signal {
  return value instanceof Signal;
}
