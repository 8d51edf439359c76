import { ClockDomain, domainsOf, type Instance } from '../lang/index.ts';
import type { Expression, Item } from './ast.ts';
import { forms } from './forms.ts';
import type { ModuleEmitter } from './module.ts';
import { nameOf, portType } from './terms.ts';

/*
 * An instance of another module. Each of its outputs has a wire, which all its elements share.
 */

/** Declares the wires of the outputs; gives their names by those of the ports. */
export function declareOutputs(emitter: ModuleEmitter, instance: Instance): ReadonlyMap<string, string> {
  const wires = new Map<string, string>();
  for (const port of instance.module.outputs) {
    const signals = instance.outputs.get(port.name)!;
    const only = port.isArray ? undefined : signals[0]!;
    // It may be an output port of the outer module.
    if (only !== undefined && emitter.isPlaced(only)) {
      wires.set(port.name, only.name!);
      continue;
    }
    const name = only?.name ?? emitter.names.unique(`${instance.name}_${port.name}`);
    const type = portType(port);
    const vector = emitter.vector(name, type);
    emitter.add({ kind: 'wire', name, type, source: instance.source });
    if (only !== undefined) emitter.place(only, vector.whole);
    else {
      const { width } = port.interval;
      for (const [i, signal] of signals.entries())
        emitter.placePart(signal, { vector, low: i * width, width: signal.width });
    }
    wires.set(port.name, name);
  }
  return wires;
}

/** The instance with all its connections. */
export function instanceItem(
  emitter: ModuleEmitter,
  instance: Instance,
  wires: ReadonlyMap<string, string>,
): Item {
  const { module, domain, reset } = instance;
  const { foreign } = module;
  const ports: [string, Expression][] = [];
  const outer = (name: string): ClockDomain => (name === '' ? domain : new ClockDomain(name));
  for (const name of domainsOf(module, 'clock')) {
    const inside = (name === '' ? foreign?.clock : undefined) ?? new ClockDomain(name).clockPort;
    ports.push([inside, nameOf(emitter.control(outer(name).clockPort))]);
  }
  for (const name of domainsOf(module, 'reset')) {
    const inside = (name === '' ? foreign?.reset : undefined) ?? new ClockDomain(name).resetPort;
    const given = name === '' ? reset : undefined;
    ports.push([
      inside,
      given === undefined ? nameOf(emitter.control(outer(name).resetPort)) : emitter.at(given, 1),
    ]);
  }
  for (const port of module.inputs) {
    const elements = instance.inputs.get(port.name)!;
    ports.push([port.name, forms.concat(elements.map(element => emitter.at(element, port.interval.width)))]);
  }
  for (const port of module.outputs) ports.push([port.name, nameOf(wires.get(port.name)!)]);
  return {
    kind: 'instance',
    module: emitter.nameOf(module),
    name: instance.name,
    parameters: Object.entries(foreign?.parameters ?? {}),
    ports,
    source: instance.source,
  };
}
