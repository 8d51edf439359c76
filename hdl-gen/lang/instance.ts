import type { Interval } from '../../ir/index.ts';
import { componentInsideEnable, losesValue, missingPort, unknownPort, wrongLength } from './diagnostics.ts';
import type { ClockDomain } from './domain.ts';
import { currentModule, type Module, type ModulePort } from './module.ts';
import { requireName } from './reserved.ts';
import { fieldsOf } from './shape.ts';
import { type Operand, requireHere, Signal, toSignal } from './signal.ts';
import { callerLine } from './source.ts';

/** One use of a module inside another one. */
export interface Instance {
  readonly name: string;
  readonly module: Module;
  /** What is connected to each input, by the name of the port; element 0 first. */
  readonly inputs: ReadonlyMap<string, readonly Signal[]>;
  /** The signals of the outer module that stand for the outputs. */
  readonly outputs: Map<string, readonly Signal[]>;
  /** The domain of the outer module that the default domain of the inner one is. */
  readonly domain: ClockDomain;
  /** The signal of the outer module that is the reset of the inner one, where it is not the one of the domain. */
  readonly reset: Signal | undefined;
  readonly source: string;
}

/** Puts a module into the current one and gives the signals of its outputs, by the signal inside. */
export function instantiate(module: Module, inputs: unknown, wish: string): ReadonlyMap<Signal, Signal> {
  const outer = currentModule();
  requireName(outer.context.prefix + wish);
  if (outer.context.enable !== undefined) throw componentInsideEnable(module.component);
  const instance: Instance = {
    name: outer.uniqueName(outer.context.prefix + wish),
    module,
    inputs: connect(module, inputs),
    outputs: new Map(),
    domain: outer.context.domain,
    reset: outer.context.reset,
    source: callerLine(),
  };
  outer.instances.push(instance);
  const inside = new Map<Signal, Signal>();
  for (const port of module.outputs) {
    const elements = port.elements.map((element, index) => {
      const signal = new Signal(element.interval, { kind: 'instance', instance, port: port.name, index });
      inside.set(element, signal);
      return signal;
    });
    instance.outputs.set(port.name, elements);
  }
  return inside;
}

function connect(module: Module, inputs: unknown): Map<string, readonly Signal[]> {
  const given = new Map(fieldsOf(inputs, isOperand).map(field => [field.name, field.elements]));
  const connected = new Map<string, readonly Signal[]>();
  for (const port of module.inputs) {
    const operands = given.get(port.name);
    given.delete(port.name);
    if (operands === undefined) throw missingPort(module.component, port.name);
    if (operands.length !== port.elements.length) {
      throw wrongLength(module.component, port.name, port.elements.length, operands.length);
    }
    connected.set(
      port.name,
      operands.map((operand, i) => connectElement(module, port, operand, i)),
    );
  }
  for (const [name, operands] of given) {
    const constant = module.constantInputs.get(name);
    if (constant === undefined) {
      const known = module.inputs.map(port => port.name);
      throw unknownPort(module.component, name, known);
    }
    for (const operand of operands) requireFits(module, name, toSignal(operand), constant);
  }
  return connected;
}

function connectElement(module: Module, port: ModulePort, operand: Operand, index: number): Signal {
  const signal = toSignal(operand);
  requireHere(signal);
  requireFits(module, port.isArray ? `${port.name}[${index}]` : port.name, signal, port.interval);
  return signal;
}

function requireFits(module: Module, input: string, signal: Signal, interval: Interval): void {
  if (!interval.covers(signal.interval))
    throw losesValue(signal, `input '${input}' of '${module.component}'`, interval);
}

function isOperand(value: unknown): value is Operand {
  return value instanceof Signal || typeof value === 'number' || typeof value === 'bigint';
}
