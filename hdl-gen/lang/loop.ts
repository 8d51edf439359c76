import type { Module } from './module.ts';
import { type Place, placesOf, resetAt, type SignalAt, throughPort } from './place.ts';
import type { Signal } from './signal.ts';
import { Wire } from './wire.ts';

/** One step of a combinational loop, in words, and the line that made it. */
export interface LoopStep {
  readonly told: string;
  readonly source: string;
}

/**
 * The steps of a combinational loop in a hierarchy that has one, each depending on the next and the last on the first:
 * operations, wires and the ports that it passes. It begins with something that has a name, if there is any.
 */
export function loopIn(top: Module): readonly LoopStep[] {
  const steps = findLoop(top);
  const first = Math.max(
    0,
    steps.findIndex(({ signal }) => signal.name !== undefined && signal.origin.kind !== 'input'),
  );
  return [...steps.slice(first), ...steps.slice(0, first)].map(told);
}

function findLoop(top: Module): readonly SignalAt[] {
  const states = new Map<Place, Map<Signal, 'open' | 'done'>>();
  for (const place of placesOf(top)) states.set(place, new Map());
  // An explicit stack, because a chain of signals can be far longer than the call stack.
  const stack: { at: SignalAt; rest: SignalAt[] }[] = [];
  const open = (at: SignalAt): void => {
    states.get(at.place)!.set(at.signal, 'open');
    stack.push({ at, rest: causesOf(at) });
  };
  for (const place of states.keys()) {
    for (const signal of place.module.signals) {
      if (states.get(place)!.has(signal)) continue;
      open({ place, signal });
      for (let last = stack.at(-1); last !== undefined; last = stack.at(-1)) {
        const next = last.rest.shift();
        if (next === undefined) {
          states.get(last.at.place)!.set(last.at.signal, 'done');
          stack.pop();
          continue;
        }
        const state = states.get(next.place)!.get(next.signal);
        if (state === undefined) open(next);
        if (state !== 'open') continue;
        const start = stack.findIndex(({ at }) => at.place === next.place && at.signal === next.signal);
        return stack.slice(start).map(({ at }) => at);
      }
    }
  }
  throw new Error('internal error: the flat circuit has a loop that its hierarchy has not');
}

/** What a signal depends on without an edge in between. */
function causesOf(at: SignalAt): SignalAt[] {
  const { place, signal } = at;
  const { origin } = signal;
  if (origin.kind === 'operation') return origin.operands.map(operand => ({ place, signal: operand }));
  if (signal instanceof Wire) return [{ place, signal: signal.driver! }];
  if (origin.kind === 'reset') {
    const driver = resetAt(place, origin.domain);
    return 'port' in driver ? [] : [driver];
  }
  const driver = throughPort(at);
  return driver === undefined ? [] : [driver];
}

function told({ place, signal }: SignalAt): LoopStep {
  const { origin, source } = signal;
  // Ports are told by the line that places their instance, because there they are connected.
  if (origin.kind === 'input')
    return { told: `input '${place.path}${signal.name}'`, source: place.instance!.source };
  if (origin.kind === 'instance') {
    const { instance, port } = origin;
    return { told: `output '${place.path}${instance.name}.${port}'`, source: instance.source };
  }
  return { told: describeAt(place.path, signal), source };
}

/** How messages call a signal with its place in the hierarchy. */
function describeAt(path: string, signal: Signal): string {
  if (signal.name !== undefined) return `'${path}${signal.name}'`;
  return path === '' ? signal.describe() : `${signal.describe()} in '${path.slice(0, -1)}'`;
}
