import { callerLine } from '../../diagnostic/index.ts';
import { connect } from './connect.ts';
import { componentInsideEnable } from './diagnostics.ts';
import type { ClockDomain } from './domain.ts';
import { currentModule, type Module } from './module.ts';
import { requireName } from './reserved.ts';
import type { RecordShape } from './shape.ts';
import { Signal } from './signal.ts';

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
export function instantiate(
  module: Module,
  shapes: RecordShape,
  inputs: unknown,
  wish: string,
): ReadonlyMap<Signal, Signal> {
  const outer = currentModule();
  requireName(outer.context.prefix + wish);
  if (outer.context.enable !== undefined) throw componentInsideEnable(module.component);
  const instance: Instance = {
    name: outer.uniqueName(outer.context.prefix + wish),
    module,
    inputs: connect(module, shapes, inputs),
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
