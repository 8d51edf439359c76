import { callerLine } from '../../diagnostic/index.ts';
import { defaultDomain } from './domain.ts';
import { instantiate } from './instance.ts';
import { buildInside, Module } from './module.ts';
import { nested } from './nesting.ts';
import { parameterKey } from './parameters.ts';
import { makeInputs, makeOutputs, mapSignals, readOutputs } from './ports.ts';
import { requireName } from './reserved.ts';
import type { OperandsOf, PortDomains, RecordShape, SignalRecord, SignalsOf } from './shape.ts';

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
  const defining = new Set<string>();
  return (parameters: object): Circuit => {
    const key = parameterKey(name, parameters);
    const known = made.get(key);
    if (known !== undefined) return known;
    const defined = nested(name, parameters, defining.has(key), () => {
      defining.add(key);
      try {
        return definition(parameters);
      } finally {
        defining.delete(key);
      }
    });
    const circuit = circuitOf(name, { ...parameters }, defined, source);
    made.set(key, circuit);
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
    built ??= nested(name, parameters, building, () => {
      building = true;
      try {
        return build(definition, new Module(name, parameters, source, foreignModule));
      } finally {
        building = false;
      }
    });
    return built;
  };
  const call = (inputs: OperandsOf<I>, options?: { readonly name?: string }): O => {
    const { module, outputs } = get();
    const outside = instantiate(module, definition.inputs, inputs, options?.name ?? name);
    return mapSignals(outputs, signal => outside.get(signal) ?? signal) as O;
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
    const outputs = readOutputs(module, definition.build(inputs as SignalsOf<I>)) as O;
    makeOutputs(module, outputs);
    return outputs;
  });
  return { module, outputs };
}
