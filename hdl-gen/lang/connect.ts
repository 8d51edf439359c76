import { callerLine } from '../../diagnostic/index.ts';
import { Interval } from '../../ir/index.ts';
import {
  losesValue,
  missingPort,
  notAnArray,
  notARecord,
  notASignal,
  unknownPort,
  wrongLength,
} from './diagnostics.ts';
import { currentModule, type Module } from './module.ts';
import { ArrayShape, fieldsOf, isInterval, isRecord, type RecordShape, type Shape } from './shape.ts';
import { requireHere, Signal, toSignal } from './signal.ts';

/**
 * What is connected to each input of a module, by the name of the port, element 0 first. The shapes of its inputs
 * and what is given are walked side by side, so that nothing of another shape gets in.
 */
export function connect(
  module: Module,
  shapes: RecordShape,
  inputs: unknown,
): ReadonlyMap<string, readonly Signal[]> {
  const { component } = module;
  const connected = new Map<string, Signal[]>();
  const elementsOf = (field: string): Signal[] => {
    const elements = connected.get(field) ?? [];
    connected.set(field, elements);
    return elements;
  };
  const visit = (shape: Shape, given: unknown, path: string, field: string): void => {
    if (shape instanceof Interval) {
      const signal = connectLeaf(component, shape, given, path);
      // A one-value interval is a constant: no port.
      if (!shape.isConstant) elementsOf(field).push(signal);
    } else if (shape instanceof ArrayShape) {
      if (!Array.isArray(given)) throw notAnArray(component, path, shape.length, given);
      if (given.length !== shape.length) throw wrongLength(component, path, shape.length, given.length);
      for (const [i, element] of given.entries()) visit(shape.element, element, `${path}[${i}]`, field);
    } else {
      if (!isRecord(given)) throw notARecord(`input '${path}' of '${component}'`, given);
      record(shape, given, `${path}.`, `${field}_`);
    }
  };
  const record = (
    shape: RecordShape,
    given: Readonly<Record<string, unknown>>,
    path: string,
    field: string,
  ): void => {
    for (const [key, part] of Object.entries(shape)) {
      if (Object.hasOwn(given, key)) visit(part, given[key], path + key, field + key);
      else if (!isFixed(part)) throw missingPort(component, path + key);
    }
    for (const key of Object.keys(given))
      if (!Object.hasOwn(shape, key))
        throw unknownPort(
          component,
          path + key,
          Object.keys(shape).map(known => path + known),
        );
  };
  if (!isRecord(inputs)) throw notARecord(`what is connected to '${component}'`, inputs);
  record(shapes, inputs, '', '');
  return connected;
}

function connectLeaf(component: string, interval: Interval, given: unknown, path: string): Signal {
  if (!(given instanceof Signal) && typeof given !== 'number' && typeof given !== 'bigint')
    throw notASignal(`input '${path}' of '${component}'`, given);
  const signal = toSignal(given);
  requireHere(signal);
  if (!interval.covers(signal.interval)) {
    const at = callerLine();
    currentModule().postpone(() => losesValue(signal, `input '${path}' of '${component}'`, interval, at));
  }
  return signal;
}

/** Whether a shape can have one value only, so that nothing has to be connected. */
function isFixed(shape: Shape): boolean {
  return fieldsOf(shape, isInterval).every(({ elements }) => elements.every(({ isConstant }) => isConstant));
}
