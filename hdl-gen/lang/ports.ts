import { Interval } from '../../ir/index.ts';
import { missingOutput, nameTwice, notARecord, notAShape, notASignal, unknownPort } from './diagnostics.ts';
import { ClockDomain, defaultDomain } from './domain.ts';
import type { Module } from './module.ts';
import { requireName } from './reserved.ts';
import {
  ArrayShape,
  fieldsOf,
  isRecord,
  mapShape,
  type PortDomains,
  type RecordShape,
  type SignalRecord,
  type SignalTree,
} from './shape.ts';
import { requireHere, Signal, toSignal } from './signal.ts';
import { domainsOf } from './uses.ts';

/** Refuses what is neither an interval, nor an array or a record of shapes. */
function requireShape(module: Module, shape: unknown, path: string): void {
  if (shape instanceof Interval) return;
  if (shape instanceof ArrayShape) requireShape(module, shape.element, `${path}[]`);
  else if (isRecord(shape))
    for (const [key, part] of Object.entries(shape)) requireShape(module, part, `${path}.${key}`);
  else throw notAShape(module.component, path, shape, module.source);
}

/** Makes the signals of the inputs, in the tree of their shapes. */
export function makeInputs(
  module: Module,
  shapes: RecordShape,
  domains: PortDomains,
): Record<string, unknown> {
  for (const key of Object.keys(domains)) {
    if (!Object.hasOwn(shapes, key))
      throw unknownPort(module.component, key, Object.keys(shapes), module.source);
  }
  const inputs: Record<string, unknown> = {};
  for (const [key, shape] of Object.entries(shapes)) {
    requireShape(module, shape, key);
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

/** What `build` returned, with signals in place of numbers. @throws Diagnostic TCT-1025 for anything else in it. */
export function readOutputs({ component, source }: Module, returned: unknown): SignalRecord {
  const visit = (part: unknown, path: string): SignalTree => {
    if (part instanceof Signal || typeof part === 'number' || typeof part === 'bigint') return toSignal(part);
    if (Array.isArray(part)) return part.map((element, i) => visit(element, `${path}[${i}]`));
    if (!isRecord(part)) throw notASignal(`output '${path}' of component '${component}'`, part, source);
    return record(part, `${path}.`);
  };
  const record = (part: Readonly<Record<string, unknown>>, before: string): SignalRecord =>
    Object.fromEntries(Object.entries(part).map(([key, value]) => [key, visit(value, before + key)]));
  if (!isRecord(returned))
    throw notARecord(`what 'build' of component '${component}' returns`, returned, source);
  return record(returned, '');
}

/** The same tree with other signals. */
export function mapSignals(tree: SignalTree, map: (signal: Signal) => Signal): SignalTree {
  if (tree instanceof Signal) return map(tree);
  if (Array.isArray(tree)) return tree.map(element => mapSignals(element, map));
  return Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, mapSignals(value, map)]));
}

/** Makes the ports of the outputs, and gives those signals that have no name those of their ports. */
export function makeOutputs(module: Module, outputs: SignalRecord): void {
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
  for (const { name, isArray, elements } of fieldsOf(outputs, isSignal, '', module.source)) {
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

function isSignal(value: unknown): value is Signal {
  return value instanceof Signal;
}
