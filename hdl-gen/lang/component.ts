import { Interval } from '../../ir/index.ts';
import { badParameter, missingOutput, nameTwice, recursiveComponent } from './diagnostics.ts';
import { defaultDomain } from './domain.ts';
import { instantiate } from './instance.ts';
import { buildInside, Module } from './module.ts';
import { requireName } from './names.ts';
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
    // The names of the clock and the reset are not free for anything else.
    module.claimName(defaultDomain.clockPort);
    module.claimName(defaultDomain.resetPort);
    const inputs = makeInputs(module, definition.inputs, definition.domains ?? {});
    const returned = mapTree(definition.build(inputs as SignalsOf<I>), toSignal) as O;
    makeOutputs(module, returned);
    return returned;
  });
  return { module, outputs };
}

function makeInputs(module: Module, shapes: RecordShape, domains: PortDomains): Record<string, unknown> {
  const inputs: Record<string, unknown> = {};
  for (const [key, shape] of Object.entries(shapes)) {
    const elements = new Map<string, Signal[]>();
    inputs[key] = mapShape(
      shape,
      (interval, field, isArray) => {
        // A one-value interval is a constant: no port, no wire.
        if (interval.isConstant) {
          module.constantInputs.add(field);
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
      requireName(name);
      const isArray = signals[0]!.name !== name;
      for (const taken of new Set([name, ...signals.map(signal => signal.name!)])) {
        if (!module.claimName(taken)) throw nameTwice(module.component, taken);
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
  for (const { name, isArray, elements } of fieldsOf(outputs, isSignal)) {
    requireName(name);
    for (const element of elements) requireHere(element);
    const live = elements.filter(element => element.constant === undefined);
    // A one-value interval is a constant: no port.
    if (live.length === 0) continue;
    const holder = module.signals.find(signal => signal.name === name);
    if (holder !== undefined && (isArray || holder !== elements[0])) {
      if (holder.origin.kind === 'input') throw nameTwice(module.component, name);
      // The port keeps its name; what had it inside takes another one.
      holder.name = module.uniqueName(name);
    } else if (holder === undefined && !module.claimName(name)) {
      throw nameTwice(module.component, name);
    }
    elements.forEach((element, i) => {
      if (element.constant !== undefined || element.name !== undefined) return;
      element.name = isArray ? module.uniqueName(`${name}_${i}`) : name;
    });
    const interval = elements.map(element => element.interval).reduce((hull, next) => hull.hull(next));
    module.outputs.push({ name, isArray, elements, interval, domain: defaultDomain });
  }
  if (module.outputs.length === 0 && module.properties.length === 0) throw missingOutput(module.component);
}

/** The key of a set of parameters. */
function parameterKey(component: string, parameters: object): string {
  return JSON.stringify(parameters, (key, value: unknown) => {
    if (typeof value === 'bigint') return `${value}n`;
    if (value instanceof Interval) return { min: `${value.min}n`, max: `${value.max}n` };
    if (typeof value === 'function' || typeof value === 'symbol') throw badParameter(component, key, value);
    return value;
  });
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
