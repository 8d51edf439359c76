import type { NetId } from '../../ir/index.ts';
import type { Instance } from './instance.ts';
import type { Module } from './module.ts';
import type { Signal } from './signal.ts';

/** One place where a module stands in the hierarchy. */
export interface Place {
  readonly module: Module;
  /** Before the names of the module's signals: empty at the top, `row_0.` inside. */
  readonly path: string;
  readonly outer?: Place;
  readonly instance?: Instance;
  readonly inner: Map<Instance, Place>;
  /** The nets of its signals, as far as they are known. */
  readonly nets: Map<Signal, NetId>;
}

/** A signal at one of the places of its module. */
export interface SignalAt {
  readonly place: Place;
  readonly signal: Signal;
}

/** All places, each before those inside it; the first is the top. */
export function placesOf(top: Module): readonly [Place, ...Place[]] {
  const at = (module: Module, path: string, outer?: Place, instance?: Instance): Place => ({
    module,
    path,
    inner: new Map(),
    nets: new Map(),
    ...(outer && { outer }),
    ...(instance && { instance }),
  });
  const first = at(top, '');
  const rest: Place[] = [];
  const visit = (place: Place): void => {
    for (const instance of place.module.instances) {
      const inside = at(instance.module, `${place.path}${instance.name}.`, place, instance);
      place.inner.set(instance, inside);
      rest.push(inside);
      visit(inside);
    }
  };
  visit(first);
  return [first, ...rest];
}

/** What drives an input of an instance from outside, or an output of one from inside; undefined at the top. */
export function throughPort({ place, signal }: SignalAt): SignalAt | undefined {
  const { origin } = signal;
  if (origin.kind === 'instance') {
    const port = origin.instance.module.outputs.find(output => output.name === origin.port)!;
    return { place: place.inner.get(origin.instance)!, signal: port.elements[origin.index]! };
  }
  if (origin.kind === 'input' && place.outer !== undefined)
    return { place: place.outer, signal: place.instance!.inputs.get(origin.port)![origin.index]! };
  return undefined;
}

/** What drives the reset that a module at this place calls that of `domain`: a signal, or the port of a domain. */
export function resetAt(place: Place, domain: string): SignalAt | { readonly port: string } {
  const { instance, outer } = place;
  if (domain !== '' || instance === undefined || outer === undefined) return { port: domain };
  if (instance.reset !== undefined) return { place: outer, signal: instance.reset };
  return resetAt(outer, instance.domain.name);
}
